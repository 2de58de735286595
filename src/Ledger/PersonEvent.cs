namespace Conclude.Ledger;

/// <summary>An event of a person.</summary>
/// <param name="At">Client time.</param>
/// <param name="Until">Until when the same person would get the same verdict, where the rule knows it and it was read.</param>
/// <param name="Label">What the live feed called them then, where it was read.</param>
public sealed record PersonEvent(
    Guid Id, string Event, DateTimeOffset At, DateTimeOffset ReceivedAt, Verdict Verdict, DateTimeOffset? Until = null, string? Label = null);
