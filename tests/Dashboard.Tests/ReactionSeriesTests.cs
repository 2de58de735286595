using Conclude.Dashboard.Moments;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the chart's axis is even and its days are the viewer's.</summary>
public sealed class ReactionSeriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(9), "test", "test");

    [Theory]
    [InlineData(ChartSpan.Day, 24, "11:00", "10:00")]
    [InlineData(ChartSpan.Week, 7, "16 Nov", "22 Nov")]
    [InlineData(ChartSpan.Month, 30, "24 Oct", "22 Nov")]
    public void Every_step_is_there_even_without_answers(ChartSpan span, int steps, string first, string last)
    {
        var series = ReactionSeries.Of([], span, Now, TimeZoneInfo.Utc);

        Assert.Equal(steps, series.Length);
        Assert.Equal((first, last), (series[0].Label, series[^1].Label));
    }

    [Fact]
    public void An_answer_at_night_belongs_to_the_viewers_day()
    {
        // 20:00 UTC on the 21st is the 22nd in Tokyo.
        var hour = new HourTotals("e", new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero), Counters.Zero with { Positive = 3 });

        Assert.Equal(3, ReactionSeries.Of([hour], ChartSpan.Week, Now, Tokyo).Single(s => s.Label == "22 Nov").Positive);
        Assert.Equal(3, ReactionSeries.Of([hour], ChartSpan.Week, Now, TimeZoneInfo.Utc).Single(s => s.Label == "21 Nov").Positive);
    }

    [Theory]
    [InlineData(ChartSpan.Day)]
    [InlineData(ChartSpan.Week)]
    [InlineData(ChartSpan.Month)]
    public void All_hours_since_the_start_are_counted_once(ChartSpan span)
    {
        var start = ReactionSeries.Start(span, Now, Tokyo);
        var hours = Enumerable.Range(0, (int)(Now - start).TotalHours + 1).Select(i => new HourTotals("e", start.AddHours(i), Counters.Zero with { Neutral = 1 })).ToList();

        Assert.Equal(hours.Count, ReactionSeries.Of(hours, span, Now, Tokyo).Sum(s => s.Neutral));
    }
}
