using System.Text.Json;
using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains;

namespace Conclude.Api.Widget;

/// <summary>Reads an event without ever refusing it: one bad event must not spoil its batch.</summary>
internal sealed class EventJsonConverter : JsonConverter<EventJson>
{
    private const int MaxEchoedId = 100;

    public override bool HandleNull => true;

    public override EventJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        var read = default(EventJson);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                read = WithId(read, ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                read = read with { Name = Text(ref reader, EventNames.MaxLength) };
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                read = WithTime(read, ref reader);
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return read;
    }

    public override void Write(Utf8JsonWriter writer, EventJson value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are only read.");

    private static EventJson WithId(EventJson read, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return read with { Id = null, IdText = null };
        }

        var isUuid = reader.TryGetGuid(out var id);
        var readsTheSame = isUuid && !reader.ValueSpan.ContainsAnyInRange((byte)'A', (byte)'F');
        return read with { Id = isUuid ? id : null, IdText = readsTheSame ? null : Text(ref reader, MaxEchoedId) };
    }

    private static EventJson WithTime(EventJson read, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? read with { At = null, IsTimeWrong = false }
        : InstantConverter.TryRead(ref reader, out var at) ? read with { At = at, IsTimeWrong = false }
        : read with { At = null, IsTimeWrong = true };

    /// <returns>Null when the value is no text; at most one character more than <paramref name="max"/>.</returns>
    private static string? Text(ref Utf8JsonReader reader, int max)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        try
        {
            var text = reader.GetString()!;
            return text.Length > max ? text[..(max + 1)] : text;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }
}
