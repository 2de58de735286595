using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Api.Json;

/// <summary>Instants as ISO 8601 in UTC; one that names no offset is taken as UTC, wherever the server stands.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const int MaxLength = 28;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out var instant) ? instant : throw new JsonException();

    /// <summary>Whole seconds, else three digits (the store's precision), else all: never 10.5 beside 10.512, so that texts sort as times do.</summary>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        var format = (value.Ticks % TimeSpan.TicksPerSecond, value.Ticks % TimeSpan.TicksPerMillisecond) switch
        {
            (0, _) => "yyyy-MM-dd'T'HH:mm:ss'Z'",
            (_, 0) => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            _ => "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        };
        Span<char> text = stackalloc char[MaxLength];
        value.UtcDateTime.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

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
