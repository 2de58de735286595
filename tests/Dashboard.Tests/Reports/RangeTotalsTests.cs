using System.Collections.Immutable;
using Conclude.Dashboard.Ranges;
using Conclude.Dashboard.Reports;
using Conclude.Ledger;
using NSubstitute;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves that reading again only what may have grown comes to what a whole read gives, and asks for a few hours.</summary>
public sealed class RangeTotalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 5, 0, TimeSpan.Zero);
    private static readonly DayRange Week = DayRange.Of(RangePreset.Week, Now, TimeZoneInfo.Utc);
    private readonly ILedger _ledger = Substitute.For<ILedger>();
    private readonly Dictionary<DateTimeOffset, long> _stored = [];
    private DateTimeOffset _askedFrom;

    public RangeTotalsTests()
    {
        for (var hour = Week.Before.From.AddDays(-1); hour < Week.To; hour = hour.AddHours(1))
        {
            _stored[hour] = 1;
        }

        _ledger.ReadHours("acme", "e", default, default, default).ReturnsForAnyArgs(call => Read(call.ArgAt<DateTimeOffset>(2), call.ArgAt<DateTimeOffset>(3)));
    }

    [Fact]
    public async Task A_range_stands_beside_the_equal_one_before()
    {
        var totals = await RangeTotals.Read(_ledger, "acme", "e", Week);

        Assert.Equal(((6 * 24) + 11, (6 * 24) + 11), (totals.Total.Positive, totals.Before.Positive));
        Assert.True(totals.HasBefore);
    }

    [Fact]
    public async Task What_came_since_is_read_with_the_last_hours_alone()
    {
        var first = await RangeTotals.Read(_ledger, "acme", "e", Week);
        _stored[DayRange.Hour(Now)] += 4;
        _stored[DayRange.Hour(Now).AddHours(-1)] += 2;

        var again = await first.Again(_ledger, "acme", "e", Now);

        // Five past the hour: what was received before it may have been committed after it.
        Assert.Equal(DayRange.Hour(Now).AddHours(-1), _askedFrom);
        Assert.Equal((await RangeTotals.Read(_ledger, "acme", "e", Week)).Total, again.Total);
        Assert.Equal(first.Total.Positive + 6, again.Total.Positive);
        Assert.Equal(first.Before, again.Before);
    }

    [Fact]
    public async Task A_range_that_is_over_is_not_read_again()
    {
        var past = DayRange.Between(new(2026, 11, 10), new(2026, 11, 12), Now, TimeZoneInfo.Utc);
        var totals = await RangeTotals.Read(_ledger, "acme", "e", past);
        _ledger.ClearReceivedCalls();

        Assert.Same(totals, await totals.Again(_ledger, "acme", "e", Now));
        Assert.Empty(_ledger.ReceivedCalls());
    }

    private ImmutableArray<HourTotals> Read(DateTimeOffset from, DateTimeOffset to)
    {
        _askedFrom = from;
        return [.. _stored.Where(h => from <= h.Key && h.Key < to).Select(h => new HourTotals("e", h.Key, Counters.Zero with { Positive = h.Value }))];
    }
}
