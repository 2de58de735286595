using System.Collections.Immutable;
using System.Globalization;
using Conclude.Dashboard.Moments;
using Conclude.Ledger;
using Conclude.Testing;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that days are the viewer's, and that two hundred pages cost one read in half a minute.</summary>
public sealed class DayLineReadsTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private readonly ManualTime _time = new();
    private readonly ILedger _ledger = Substitute.For<ILedger>();
    private readonly List<ImmutableArray<DateTimeOffset>> _asked = [];

    public DayLineReadsTests() => _ledger.ReadDays(Arg.Any<string>(), Arg.Do<ImmutableArray<DateTimeOffset>>(_asked.Add), Arg.Any<CancellationToken>())
        .Returns(static _ => Task.FromResult(ImmutableArray<DaySeries>.Empty));

    [Fact]
    public void The_days_follow_one_another_without_a_gap_where_clocks_change()
    {
        // Clocks went back on 25 October 2026, 03:00.
        var starts = DayLineReads.Starts(3, new DateTimeOffset(2026, 10, 26, 12, 0, 0, TimeSpan.Zero), Berlin);
        Assert.Equal(["10-23 22", "10-24 22", "10-25 23", "10-26 23"], starts.Select(Written));
        var india = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        Assert.Equal(["10-25 18", "10-26 18"], DayLineReads.Starts(1, new DateTimeOffset(2026, 10, 26, 12, 0, 0, TimeSpan.Zero), india).Select(Written));
    }

    [Fact]
    public async Task Pages_of_a_workspace_and_zone_share_a_read_for_thirty_seconds()
    {
        var reads = new DayLineReads(_ledger, _time);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => reads.Read("acme", TimeZoneInfo.Utc)));
        Assert.Single(_asked);
        Assert.Equal(DayLineReads.Days + 1, _asked[0].Length);
        await reads.Read("acme", Berlin);
        await reads.Read("other", TimeZoneInfo.Utc);
        Assert.Equal(3, _asked.Count);
        _time.Advance(TimeSpan.FromSeconds(29));
        await reads.Read("acme", TimeZoneInfo.Utc);
        Assert.Equal(3, _asked.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        await reads.Read("acme", TimeZoneInfo.Utc);
        Assert.Equal(4, _asked.Count);
    }

    [Fact]
    public async Task A_new_day_begins_at_once()
    {
        var reads = new DayLineReads(_ledger, _time);
        var tomorrow = new DateTimeOffset(_time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        _time.Advance(tomorrow - _time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await reads.Read("acme", TimeZoneInfo.Utc);
        _time.Advance(TimeSpan.FromSeconds(2));
        await reads.Read("acme", TimeZoneInfo.Utc);
        Assert.Equal([tomorrow, tomorrow.AddDays(1)], _asked.Select(static a => a[^1]));
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again()
    {
        _ledger.ReadDays(Arg.Any<string>(), Arg.Any<ImmutableArray<DateTimeOffset>>(), Arg.Any<CancellationToken>())
            .Returns(static _ => Task.FromException<ImmutableArray<DaySeries>>(new LedgerUnavailableException("Down.")), static _ => Task.FromResult(ImmutableArray<DaySeries>.Empty));
        var reads = new DayLineReads(_ledger, _time);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => reads.Read("acme", TimeZoneInfo.Utc));
        await reads.Read("acme", TimeZoneInfo.Utc);
    }

    private static string Written(DateTimeOffset start) => start.UtcDateTime.ToString("MM-dd HH", CultureInfo.InvariantCulture);
}
