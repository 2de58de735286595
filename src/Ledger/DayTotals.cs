namespace Conclude.Ledger;

/// <summary>What one day counted of one event name.</summary>
public readonly record struct DayTotals(long Fires, long Prompted, long Seen, long Reactions);
