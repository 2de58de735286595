using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conclude.Api.Tests.Hosting;

/// <summary>
/// Holds values against the schemas of an OpenAPI 3.1 document: as much of JSON Schema as the document uses, and stricter in one thing:
/// a member that the schema does not know is wrong.
/// </summary>
internal sealed class OpenApiSchemas(JsonNode document)
{
    private const string Local = "#/components/schemas/";

    public IEnumerable<string> Errors(JsonNode? schema, JsonNode? value, string at = "$")
    {
        if (schema is not JsonObject told)
        {
            return [];
        }

        if ((string?)told["$ref"] is { } reference)
        {
            return Errors(document["components"]!["schemas"]![reference[Local.Length..]], value, at);
        }

        if ((told["oneOf"] ?? told["anyOf"]) is JsonArray choices)
        {
            return choices.Any(choice => !Errors(choice, value, at).Any()) ? [] : [$"{at}: fits none of its schemas"];
        }

        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (told["type"] is { } type && !Types(type).Any(t => Fits(t, kind, value)))
        {
            return [$"{at}: {kind} is not {type.ToJsonString()}"];
        }

        if (told["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
        {
            return [$"{at}: {value?.ToJsonString()} is not of {values.ToJsonString()}"];
        }

        return value switch
        {
            JsonArray items => items.SelectMany((item, i) => Errors(told["items"], item, $"{at}[{i}]")),
            JsonObject members => ErrorsOf(told, members, at),
            _ when kind == JsonValueKind.String => ErrorsOf(told, (string)value!, at),
            _ => [],
        };
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray many ? many.Select(static t => (string)t!) : [(string)type!];

    private static bool Fits(string type, JsonValueKind kind, JsonNode? value) => type switch
    {
        "null" => kind == JsonValueKind.Null,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => kind == JsonValueKind.Number,
        "string" => kind == JsonValueKind.String,
        "array" => kind == JsonValueKind.Array,
        _ => kind == JsonValueKind.Object,
    };

    private static IEnumerable<string> ErrorsOf(JsonObject schema, string text, string at)
    {
        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            yield return $"{at}: {text} is not {pattern}";
        }

        var isOf = (string?)schema["format"] switch { "uuid" => Guid.TryParseExact(text, "D", out _), "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _), _ => true };
        if (!isOf)
        {
            yield return $"{at}: {text} is no {schema["format"]}";
        }
    }

    private IEnumerable<string> ErrorsOf(JsonObject schema, JsonObject members, string at)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey((string)required!))
            {
                yield return $"{at}: lacks {required}";
            }
        }

        foreach (var (name, member) in members)
        {
            var known = schema["properties"]?[name] ?? schema["additionalProperties"];
            if (known is null && schema["properties"] is not null)
            {
                yield return $"{at}: {name} is not in its schema";
            }

            foreach (var error in Errors(known, member, $"{at}.{name}"))
            {
                yield return error;
            }
        }
    }
}
