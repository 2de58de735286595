namespace Conclude.Grains.Accounts;

/// <summary>A sign-in link on offer.</summary>
/// <param name="Hash">SHA-256 of its token, lower-case hex.</param>
[GenerateSerializer, Immutable, Alias("Conclude.OfferedLink")]
public sealed record OfferedLink([property: Id(0)] string Hash, [property: Id(1)] DateTimeOffset Expires);
