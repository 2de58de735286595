namespace Conclude.Grains.Idempotency;

/// <summary>What a request was answered first.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Encrypted under the idempotency key, base64; null when there was none.</param>
[GenerateSerializer, Immutable, Alias("Conclude.KeptAnswer")]
public sealed record KeptAnswer(
    [property: Id(0)] int Status,
    [property: Id(1)] string? ContentType,
    [property: Id(2)] string? Location,
    [property: Id(3)] string? ETag,
    [property: Id(4)] string? Body);
