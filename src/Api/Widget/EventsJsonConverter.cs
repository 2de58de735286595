using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Api.Widget;

/// <summary>Reads one event more than a request may hold and passes over the rest: 64 KiB of empty ones would take eighty times as much memory.</summary>
internal sealed class EventsJsonConverter : JsonConverter<EventJson[]>
{
    private static readonly EventJsonConverter One = new();

    public override EventJson[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        List<EventJson> events = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (events.Count > EventsIntake.MaxEvents)
            {
                reader.Skip();
            }
            else
            {
                events.Add(One.Read(ref reader, typeof(EventJson), options));
            }
        }

        return [.. events];
    }

    public override void Write(Utf8JsonWriter writer, EventJson[] value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are only read.");
}
