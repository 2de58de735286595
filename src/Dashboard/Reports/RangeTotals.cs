using System.Collections.Immutable;
using Conclude.Dashboard.Ranges;
using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>The hours of one event name in a range and in the range before it, as the ledger counts them.</summary>
/// <param name="Range">What is shown.</param>
/// <param name="Hours">Of the range, oldest first.</param>
/// <param name="Total">Sum of the hours.</param>
/// <param name="Before">Sum of the hours of the range before.</param>
public sealed record RangeTotals(DayRange Range, ImmutableArray<HourTotals> Hours, Counters Total, Counters Before)
{
    /// <summary>A commit may come this much later than the receipt that it counts under.</summary>
    private static readonly TimeSpan LatestCommit = TimeSpan.FromMinutes(10);

    public bool HasBefore => Before.Fires > 0 || Before.Seen > 0 || Before.Reactions > 0;

    /// <summary>One read for both: they lie side by side.</summary>
    public static async Task<RangeTotals> Read(ILedger ledger, string workspace, string eventName, DayRange range, CancellationToken cancellation = default)
    {
        var hours = await ledger.ReadHours(workspace, eventName, range.Before.From, range.To, cancellation);
        return Of(range, [.. hours.Where(h => range.Includes(h.Hour))], Sum(hours.Where(h => range.Before.From <= h.Hour && h.Hour < range.Before.To)));
    }

    /// <summary>Reads only the hours that may have grown since: a few rows, however long the range.</summary>
    /// <param name="since">When it was last read.</param>
    public async Task<RangeTotals> Again(ILedger ledger, string workspace, string eventName, DateTimeOffset since, CancellationToken cancellation = default)
    {
        var from = DayRange.Hour(since - LatestCommit);
        if (from >= Range.To)
        {
            return this;
        }

        var hours = await ledger.ReadHours(workspace, eventName, from < Range.From ? Range.From : from, Range.To, cancellation);
        return Of(Range, [.. Hours.Where(h => h.Hour < from), .. hours], Before);
    }

    private static RangeTotals Of(DayRange range, ImmutableArray<HourTotals> hours, Counters before) => new(range, hours, Sum(hours), before);

    private static Counters Sum(IEnumerable<HourTotals> hours) => CounterSum.Of(hours.Select(static h => h.Counters));
}
