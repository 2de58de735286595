namespace Conclude.Ledger;

/// <summary>A committed fire as the live feed shows it.</summary>
/// <param name="User">External id, e-mail or a short form of the anonymous id.</param>
[GenerateSerializer, Immutable, Alias("Conclude.RecentFire")]
public sealed record RecentFire(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Event,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] DateTimeOffset ReceivedAt,
    [property: Id(4)] string? User,
    [property: Id(5)] Verdict Verdict,
    [property: Id(6)] DateTimeOffset? Until,
    [property: Id(7)] bool Test);
