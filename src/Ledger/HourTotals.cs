namespace Conclude.Ledger;

/// <summary>The counters of one event name in one UTC hour.</summary>
/// <param name="Hour">Start of the hour.</param>
public sealed record HourTotals(string Event, DateTimeOffset Hour, Counters Counters);
