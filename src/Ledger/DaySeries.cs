using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>One event name, day by day.</summary>
/// <param name="AllTimeFires">All its fires when it was read: what came since is the difference to those of now.</param>
/// <param name="Days">One for each day that was asked for, oldest first.</param>
public sealed record DaySeries(string Event, long AllTimeFires, ImmutableArray<DayTotals> Days);
