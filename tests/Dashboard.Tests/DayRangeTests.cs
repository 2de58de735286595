using Conclude.Dashboard.Ranges;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that a chosen range is whole days of the viewer on whole hours, and that the range before it is as long.</summary>
public sealed class DayRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.CreateCustomTimeZone("k", TimeSpan.FromMinutes(330), "k", "k");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_week_is_today_and_the_six_days_before()
    {
        var week = DayRange.Of(RangePreset.Week, Now, TimeZoneInfo.Utc);

        Assert.Equal((At("2026-11-16T00:00Z"), At("2026-11-22T11:00Z")), (week.From, week.To));
        Assert.Equal((7, 22), (week.Days, week.Last.Day));
        Assert.Equal((At("2026-11-09T00:00Z"), At("2026-11-15T11:00Z")), week.Before);
        Assert.True(week.Includes(Now));
    }

    [Fact]
    public void The_last_day_is_24_hours_up_to_the_end_of_the_running_one()
    {
        var day = DayRange.Of(RangePreset.Day, Now, TimeZoneInfo.Utc);

        Assert.Equal((At("2026-11-21T11:00Z"), At("2026-11-22T11:00Z")), (day.From, day.To));
        Assert.Equal((At("2026-11-20T11:00Z"), At("2026-11-21T11:00Z")), day.Before);
        Assert.True(day.ByHour);
    }

    [Fact]
    public void Ends_are_rounded_down_to_the_hour_where_the_zone_is_off_by_a_half()
    {
        // Midnight of the 20th in Kolkata is 18:30 UTC of the 19th.
        var range = DayRange.Between(new(2026, 11, 20), new(2026, 11, 20), Now, Kolkata);

        Assert.Equal((At("2026-11-19T18:00Z"), At("2026-11-20T18:00Z")), (range.From, range.To));
    }

    [Theory]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-05-01", 24)]
    public void A_day_on_which_clocks_change_has_the_hours_that_it_has(string day, int hours)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var range = DayRange.Between(date, date, Now, Berlin);

        Assert.Equal(TimeSpan.FromHours(hours), range.To - range.From);
        Assert.True(range.Before.To - range.Before.From <= range.To - range.From);
        Assert.True(range.Before.To <= range.From);
    }

    [Fact]
    public void An_address_leads_back_to_the_range_that_wrote_it()
    {
        foreach (var range in Enum.GetValues<RangePreset>().Select(p => DayRange.Of(p, Now, Berlin)).Append(DayRange.Between(new(2026, 1, 3), new(2026, 2, 1), Now, Berlin)))
        {
            var read = DayRange.Read((string?)range.Query["range"], (string?)range.Query["from"], (string?)range.Query["to"], Now, Berlin, RangePreset.Day);

            Assert.Equal(range, read);
        }
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("1y", null, null)]
    [InlineData("7D", "0001-01-01", "x")]
    [InlineData(null, "9999-12-31", "2026-13-01")]
    public void What_cannot_be_read_is_as_if_it_were_not_there(string? range, string? from, string? to) =>
        Assert.Equal(RangePreset.Quarter, DayRange.Read(range, from, to, Now, Berlin, RangePreset.Quarter).Preset);

    [Fact]
    public void Days_the_wrong_way_round_are_turned_and_years_are_cut()
    {
        var turned = DayRange.Read(null, "2026-02-01", "2026-01-03", Now, Berlin);
        var cut = DayRange.Read(null, "2001-01-01", "2026-01-03", Now, Berlin);

        Assert.Equal(((3, 1), (1, 2)), ((turned.First.Day, turned.First.Month), (turned.Last.Day, turned.Last.Month)));
        Assert.Equal((DayRange.MaxDays, 3), (cut.Days, cut.Last.Day));
    }

    [Fact]
    public void Today_alone_ends_with_the_running_hour_and_is_compared_with_as_much_of_yesterday()
    {
        var today = DayRange.Between(new(2026, 11, 22), new(2026, 11, 22), Now, TimeZoneInfo.Utc);

        Assert.Equal(At("2026-11-22T11:00Z"), today.To);
        Assert.Equal((At("2026-11-21T00:00Z"), At("2026-11-21T11:00Z")), today.Before);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
