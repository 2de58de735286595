using System.Collections.Immutable;

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
    [property: Id(4)] DateTimeOffset CreatedAt)
{
    public const int MaxName = 100;
    public const int MaxRequestsPerSecond = 100_000;

    /// <summary>For people.</summary>
    [Id(5)] public string? Name { get; init; }

    /// <summary>At most so many, in each process; null: the operator's limit alone.</summary>
    [Id(6)] public int? RequestsPerSecond { get; init; }

    /// <summary>Origins whose pages may use this key; empty: those of the settings.</summary>
    [Id(7)] public ImmutableArray<string> AllowedOrigins { get => field.IsDefault ? [] : field; init; } = [];
}
