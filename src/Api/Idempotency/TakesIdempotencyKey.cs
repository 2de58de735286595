namespace Conclude.Api.Idempotency;

/// <summary>Metadata of a route.</summary>
internal sealed class TakesIdempotencyKey
{
    public static TakesIdempotencyKey Instance { get; } = new();
}
