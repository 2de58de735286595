namespace Conclude.Grains.Keys;

/// <summary>Where a key belongs. Whether it is still in force is in the workspace's snapshot.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.KeyOwner")]
public sealed record KeyOwner([property: Id(0)] string Workspace, [property: Id(1)] string KeyId, [property: Id(2)] KeyKind Kind);
