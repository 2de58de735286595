namespace Conclude.Ledger;

/// <summary>The other end of a link.</summary>
/// <param name="Verified">Whether the request that made the link proved the person's identity.</param>
[GenerateSerializer, Immutable, Alias("Conclude.LinkedKey")]
public sealed record LinkedKey([property: Id(0)] string UserKey, [property: Id(1)] bool Verified);
