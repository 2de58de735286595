using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.LocalEngine.Storage;

/// <summary>Grain references in state: written as grain ids, read back as references of the member's interface.</summary>
internal sealed class GrainReferenceJsonConverterFactory(Orleans.IGrainFactory factory) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsInterface && typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), factory)!;

    private sealed class Converter<T>(Orleans.IGrainFactory factory) : JsonConverter<T>
        where T : Orleans.Runtime.IAddressable
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Orleans.Runtime.GrainId.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var id) ? factory.GetGrain<T>(id) : throw new JsonException("Not a grain id.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Orleans.GrainExtensions.GetGrainId(value).ToString());
    }
}
