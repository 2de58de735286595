using Conclude.Dashboard.Ranges;
using Conclude.Dashboard.Reports;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves that the steps of a chart are the viewer's days, cover the range without gap, and count every hour once.</summary>
public sealed class RangeStepsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.CreateCustomTimeZone("k", TimeSpan.FromMinutes(330), "k", "k");
    private static readonly TimeZoneInfo[] Zones = [TimeZoneInfo.Utc, Berlin, Kolkata, TimeZoneInfo.FindSystemTimeZoneById("America/Santiago"), TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe")];

    [Fact]
    public void Steps_follow_one_another_and_count_every_hour_of_the_range_once()
    {
        foreach (var zone in Zones)
        {
            foreach (var range in Ranges(zone))
            {
                var hours = Hours(range.From.AddHours(-3), range.To.AddHours(3));

                var steps = RangeSteps.Of(range, hours, zone);

                Assert.Equal((range.From, range.To), (steps[0].From, steps[^1].To));
                Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
                Assert.All(steps, step => Assert.Equal((step.To - step.From).TotalHours, step.Counters.Positive));
                Assert.Equal(steps.Length, steps.Select(s => s.Words).Distinct().Count() + (range.ByHour ? RepeatedHours(steps) : 0));
            }
        }
    }

    [Theory]
    [InlineData("2026-10-23", "2026-10-27", "Sun 25 Oct 2026", 25)]
    [InlineData("2026-03-27", "2026-03-31", "Sun 29 Mar 2026", 23)]
    public void A_day_on_which_clocks_change_has_the_hours_that_it_has(string first, string last, string day, int hours)
    {
        var range = DayRange.Between(Day(first), Day(last), Now, Berlin);

        var steps = RangeSteps.Of(range, Hours(range.From, range.To), Berlin);

        Assert.Equal(hours, steps.Single(s => s.Words == day).Counters.Positive);
        Assert.All(steps.Where(s => s.Words != day), s => Assert.Equal(24, s.Counters.Positive));
    }

    [Fact]
    public void The_day_on_which_clocks_go_back_has_25_columns_by_the_hour()
    {
        var steps = RangeSteps.Of(DayRange.Between(Day("2026-10-25"), Day("2026-10-25"), Now, Berlin), [], Berlin);

        Assert.Equal(25, steps.Length);
        Assert.Equal(["01:00", "02:00", "02:00", "03:00"], steps.Skip(1).Take(4).Select(s => s.Tick));
    }

    [Fact]
    public void An_answer_at_night_belongs_to_the_viewers_day()
    {
        var hour = new HourTotals("e", new DateTimeOffset(2026, 11, 20, 23, 0, 0, TimeSpan.Zero), Counters.Zero with { Frustrated = 3 });

        Assert.Equal("Sat 21 Nov 2026", Shown(Berlin));
        Assert.Equal("Fri 20 Nov 2026", Shown(TimeZoneInfo.Utc));

        string Shown(TimeZoneInfo zone) => RangeSteps.Of(DayRange.Of(RangePreset.Week, Now, zone), [hour], zone).Single(s => s.Counters.Frustrated == 3).Words;
    }

    [Fact]
    public void Long_ranges_are_by_the_week_and_short_ones_by_the_hour()
    {
        Assert.Equal(StepSize.Hour, RangeSteps.SizeOf(DayRange.Of(RangePreset.Day, Now, Berlin)));
        Assert.Equal(StepSize.Day, RangeSteps.SizeOf(DayRange.Of(RangePreset.Quarter, Now, Berlin)));
        var year = DayRange.Between(Day("2025-11-23"), Day("2026-11-22"), Now, Berlin);
        Assert.Equal((StepSize.Week, 53), (RangeSteps.SizeOf(year), RangeSteps.Of(year, [], Berlin).Length));
        Assert.Equal("23 Nov – 29 Nov 2025", RangeSteps.Of(year, [], Berlin)[0].Words);
    }

    [Fact]
    public void Joined_steps_hold_the_same_answers_and_the_newest_is_whole()
    {
        var range = DayRange.Of(RangePreset.Month, Now, Berlin);
        var steps = RangeSteps.Of(range, Hours(range.From, range.To), Berlin);

        var weeks = RangeSteps.Join(steps, 7, byHour: false, Berlin);

        Assert.Equal(["24 Oct – 25 Oct 2026", "26 Oct – 1 Nov 2026", "2 Nov – 8 Nov 2026", "9 Nov – 15 Nov 2026", "16 Nov – 22 Nov 2026"], weeks.Select(w => w.Words));
        Assert.Equal(steps.Sum(s => s.Counters.Positive), weeks.Sum(w => w.Counters.Positive));
        Assert.Equal(steps, RangeSteps.Join(steps, 1, byHour: false, Berlin));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    [InlineData(11, 20)]
    [InlineData(61, 100)]
    [InlineData(101, 200)]
    public void An_axis_ends_at_an_even_number(int highest, int top) => Assert.Equal(top, ReactionChart.Top(highest));

    [Fact]
    public void Shares_of_few_answers_are_shown_over_several_steps()
    {
        var range = DayRange.Of(RangePreset.Month, Now, Berlin);

        Assert.Equal(7, ReactionChart.Together(RangeSteps.Of(range, Hours(range.From, range.To, 0.1), Berlin), StepSize.Day));
        Assert.Equal(1, ReactionChart.Together(RangeSteps.Of(range, Hours(range.From, range.To), Berlin), StepSize.Day));
        Assert.Equal([1, 4, 7, 10], ReactionChart.Ticks(11, 4));
    }

    private static int RepeatedHours(IEnumerable<RangeStep> steps) => steps.GroupBy(s => s.Words, StringComparer.Ordinal).Sum(g => g.Count() - 1);

    private static IEnumerable<DayRange> Ranges(TimeZoneInfo zone) =>
    [
        .. Enum.GetValues<RangePreset>().Select(preset => DayRange.Of(preset, Now, zone)),
        DayRange.Between(Day("2026-01-01"), Day("2026-11-21"), Now, zone),
        DayRange.Between(Day("2026-04-04"), Day("2026-04-06"), Now, zone),
        DayRange.Between(Day("2026-09-05"), Day("2026-09-06"), Now, zone),
    ];

    /// <summary>One positive answer an hour, or in a part of the hours.</summary>
    private static List<HourTotals> Hours(DateTimeOffset from, DateTimeOffset to, double part = 1) =>
    [
        .. Enumerable.Range(0, (int)(to - from).TotalHours).Where(i => (int)(i * part) != (int)((i - 1) * part) || part >= 1)
            .Select(i => new HourTotals("e", from.AddHours(i), Counters.Zero with { Positive = 1 })),
    ];

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
