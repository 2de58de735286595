namespace Conclude.Ledger;

/// <summary>An event of a person.</summary>
/// <param name="At">Client time.</param>
public sealed record PersonEvent(Guid Id, string Event, DateTimeOffset At, DateTimeOffset ReceivedAt, Verdict Verdict);
