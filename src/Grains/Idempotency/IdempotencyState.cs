using System.Collections.Immutable;

namespace Conclude.Grains.Idempotency;

/// <summary>What is stored of a workspace's idempotency keys.</summary>
[GenerateSerializer, Alias("Conclude.IdempotencyState")]
public sealed class IdempotencyState
{
    /// <summary>By the hash of the key.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, KeptRequest> Requests { get; set; } = ImmutableSortedDictionary.Create<string, KeptRequest>(StringComparer.Ordinal);
}
