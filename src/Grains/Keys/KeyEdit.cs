using System.Collections.Immutable;

namespace Conclude.Grains.Keys;

/// <summary>What people say of a key; already checked. See <see cref="ApiKey"/>.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.KeyEdit")]
public sealed record KeyEdit(
    [property: Id(0)] string? Name,
    [property: Id(1)] int? RequestsPerSecond,
    [property: Id(2)] ImmutableArray<string> AllowedOrigins);
