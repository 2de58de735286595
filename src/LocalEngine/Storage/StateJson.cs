using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans;

namespace Conclude.LocalEngine.Storage;

/// <summary>
/// State as JSON by member names. Tolerant of older and newer shapes: unknown members are skipped, missing ones keep the
/// type's defaults, `required` ones too. Enums are written by name and read by name or number.
/// </summary>
internal sealed class StateJson(IGrainFactory factory)
{
    private readonly JsonSerializerOptions _options = new()
    {
        Converters = { new JsonStringEnumConverter(), new GrainReferenceJsonConverterFactory(factory) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireNothing } },
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
    };

    internal byte[] Write<T>(T? state) => JsonSerializer.SerializeToUtf8Bytes(state, _options);

    internal T? Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, _options);

    private static void RequireNothing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired = false;
        }
    }
}
