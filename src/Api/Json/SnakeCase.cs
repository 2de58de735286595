using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Api.Json;

/// <summary>
/// Enumerations as snake case text: <c>per_fire</c>, <c>is_not</c>. Exactly as written in the contract: the converter of the framework
/// also takes other letter case, blanks, and several names of which it makes a third.
/// </summary>
internal sealed class SnakeCase<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, JsonEncodedText> Texts = Enum.GetValues<T>()
        .ToFrozenDictionary(static v => v, static v => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString())));

    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(static t => t.Value.Value, static t => t.Key, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Texts[value]);
}
