using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Conclude.Ledger.Writing;

/// <summary>What a change did to its fields, as the stores keep it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImmutableArray<AuditChange>), TypeInfoPropertyName = "Changes")]
internal sealed partial class AuditJson : JsonSerializerContext
{
    public static string Write(ImmutableArray<AuditChange> changes) => JsonSerializer.Serialize(changes.IsDefault ? [] : changes, Default.Changes);

    public static ImmutableArray<AuditChange> Read(string json) => JsonSerializer.Deserialize(json, Default.Changes);
}
