using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Ledger.Writing;

/// <summary>A person's facts as the stores keep them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Person), TypeInfoPropertyName = "Facts")]
internal sealed partial class PersonJson : JsonSerializerContext
{
    public static string Write(Person person) => JsonSerializer.Serialize(person, Default.Facts);

    /// <param name="json">Null means that nothing is known.</param>
    public static Person Read(string? json) => json is null ? Person.Nobody : JsonSerializer.Deserialize(json, Default.Facts) ?? Person.Nobody;
}
