namespace Conclude.Ledger;

/// <summary>A committed fire, as much of it as the rules need to be tried on it again.</summary>
public readonly record struct PastFire(Guid Id, string UserKey, DateTimeOffset ReceivedAt, Verdict Verdict);
