namespace Conclude.Grains.Keys;

/// <summary>A key in force.</summary>
/// <param name="Hash">SHA-256 of the whole key, lower-case hex.</param>
/// <param name="Plain">The key itself; null for a secret key, which is shown once and never stored.</param>
[GenerateSerializer, Immutable, Alias("Conclude.ApiKey")]
public sealed record ApiKey(
    [property: Id(0)] string Id,
    [property: Id(1)] KeyKind Kind,
    [property: Id(2)] string Hash,
    [property: Id(3)] string? Plain,
    [property: Id(4)] DateTimeOffset CreatedAt);
