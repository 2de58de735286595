using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Api.Json;

/// <summary>Instants as ISO 8601 in UTC; one that names no offset is taken as UTC, wherever the server stands.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var instant) ? instant : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);

    /// <returns>False when the current value is no instant.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset instant)
    {
        instant = default;
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var read))
        {
            return false;
        }

        var bare = reader.TryGetDateTime(out var clock) && clock.Kind == DateTimeKind.Unspecified;
        instant = bare ? new DateTimeOffset(clock, TimeSpan.Zero) : read.ToUniversalTime();
        return true;
    }
}
