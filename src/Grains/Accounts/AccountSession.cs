namespace Conclude.Grains.Accounts;

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">128 random bits, hex; the cookie carries it.</param>
/// <param name="Device">What its user agent says, in short.</param>
/// <param name="SeenAt">Up to five minutes behind.</param>
[GenerateSerializer, Immutable, Alias("Conclude.AccountSession")]
public sealed record AccountSession(
    [property: Id(0)] string Id, [property: Id(1)] string Device, [property: Id(2)] DateTimeOffset StartedAt, [property: Id(3)] DateTimeOffset SeenAt);
