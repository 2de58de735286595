namespace Conclude.Grains.Idempotency;

/// <summary>A request that came with an idempotency key.</summary>
/// <param name="Answer">Null while it runs.</param>
[GenerateSerializer, Immutable, Alias("Conclude.KeptRequest")]
public sealed record KeptRequest(
    [property: Id(0)] string Fingerprint,
    [property: Id(1)] Guid Attempt,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] KeptAnswer? Answer);
