namespace Conclude.Grains.Idempotency;

/// <param name="Answer">Only with <see cref="IdempotencyStatus.Answered"/>.</param>
[GenerateSerializer, Immutable, Alias("Conclude.IdempotencyStart")]
public sealed record IdempotencyStart([property: Id(0)] IdempotencyStatus Status, [property: Id(1)] KeptAnswer? Answer = null);
