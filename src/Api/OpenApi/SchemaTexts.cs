using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Conclude.Api.Moments;
using Conclude.Api.Widget;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Conclude.Api.OpenApi;

/// <summary>What is read by hand has no shape that the generator could see, so it is told here.</summary>
internal static class SchemaTexts
{
    private const JsonSchemaType TextNumberOrBoolean = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean;

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        foreach (var property in context.JsonTypeInfo.Properties.Where(static p => p.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is true))
        {
            // What is left out when there is none cannot be required.
            schema.Required?.Remove(property.Name);
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(names).Select(static name => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
            return Task.CompletedTask;
        }

        if (Nullable.GetUnderlyingType(type) == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(EventsRequest) && schema.Properties is { } request)
        {
            request["events"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Event(), MinItems = 1, MaxItems = EventsIntake.MaxEvents };
        }
        else if (type == typeof(UserJson) && schema.Properties is { } user)
        {
            user["traits"] = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = TextNumberOrBoolean }, MaxProperties = UserChecks.MaxTraits };
        }
        else if (type == typeof(AudienceRuleJson) && schema.Properties is { } rule)
        {
            rule["value"] = new OpenApiSchema { Type = TextNumberOrBoolean | JsonSchemaType.Null };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Event() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "id", "name" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            ["name"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9_.:-]{1,100}$" },
            ["at"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        },
    };
}
