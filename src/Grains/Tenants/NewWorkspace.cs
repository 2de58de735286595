using Conclude.Grains.Keys;

namespace Conclude.Grains.Tenants;

/// <summary>A workspace to create, with its first keys and owner.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.NewWorkspace")]
public sealed record NewWorkspace(
    [property: Id(0)] string Name,
    [property: Id(1)] PlanLimits Plan,
    [property: Id(2)] string OwnerEmail,
    [property: Id(3)] System.Collections.Immutable.ImmutableArray<ApiKey> Keys,
    [property: Id(4)] string IdentitySecret);
