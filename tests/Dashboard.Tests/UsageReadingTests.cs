using System.Globalization;
using Conclude.Dashboard.Settings;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves how much of a plan is used, and where the month is heading.</summary>
public sealed class UsageReadingTests
{
    [Theory]
    // 14.5 of February's 28 days at 290 events are 20 a day.
    [InlineData("2026-02-15T12:00:00Z", 290, 560L)]
    // A day and a half tells nothing yet.
    [InlineData("2026-02-02T12:00:00Z", 290, null)]
    [InlineData("2026-12-31T23:59:59Z", 0, 0L)]
    public void The_month_goes_on_as_it_did(string now, long used, long? expected) => Assert.Equal(
        new UsageReading(used, 300, expected),
        UsageReading.OfEvents(used, PlanLimits.SelfHosted with { EventsPerMonth = 300 }, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(79, 100, false, false)]
    [InlineData(80, 100, true, false)]
    [InlineData(100, 100, true, true)]
    [InlineData(1_000_000, 0, false, false)]
    public void It_is_near_at_80_percent_and_over_at_100(long used, long limit, bool near, bool over)
    {
        UsageReading reading = new(used, limit);
        Assert.Equal((near, over), (reading.IsNear, reading.IsOver));
    }

    [Fact]
    public void A_month_ends_where_the_next_begins_across_years()
    {
        var (start, end) = UsagePeriod.Of(DateTimeOffset.Parse("2026-12-31T23:59:59Z", CultureInfo.InvariantCulture));
        Assert.Equal(("2026-12-01", "2027-01-01"), (start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }
}
