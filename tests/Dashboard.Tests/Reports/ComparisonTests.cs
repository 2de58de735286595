using Conclude.Dashboard.Reports;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves that a difference to the range before is said in words that are complete without colour.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData(0, 0, false, Trend.Unknown, "no data before")]
    [InlineData(5, 0, false, Trend.Unknown, "no data before")]
    [InlineData(5, 0, true, Trend.Up, "none before")]
    [InlineData(0, 1200, true, Trend.Down, "1,200 before")]
    [InlineData(7, 7, true, Trend.Same, "as before")]
    [InlineData(112, 100, true, Trend.Up, "12% more")]
    [InlineData(88, 100, true, Trend.Down, "12% less")]
    [InlineData(10_001, 10_000, true, Trend.Up, "<1% more")]
    [InlineData(40, 2, true, Trend.Up, "20 times as many")]
    public void Counts_differ_in_percent(int now, int before, bool hasBefore, Trend trend, string words) =>
        Assert.Equal(new Comparison(trend, words), Comparison.OfCounts(now, before, hasBefore));

    [Fact]
    public void Shares_differ_in_points()
    {
        Assert.Equal(new Comparison(Trend.Down, "20 points less"), Comparison.OfShares(new(400, 1000), new(600, 1000)));
        Assert.Equal(new Comparison(Trend.Up, "1 point more", MayBeChance: true), Comparison.OfShares(new(41, 100), new(40, 100)));
        Assert.Equal(new Comparison(Trend.Same, "as before"), Comparison.OfShares(new(401, 1000), new(400, 1000)));
        Assert.Equal(new Comparison(Trend.Unknown, "no data before"), Comparison.OfShares(new(4, 10), new(0, 0)));
        Assert.Equal(new Comparison(Trend.Unknown, "no data now"), Comparison.OfShares(new(0, 0), new(4, 10)));
    }

    [Fact]
    public void A_difference_that_few_answers_might_make_is_called_so()
    {
        Assert.True(Comparison.OfShares(new(8, 10), new(6, 10)).MayBeChance);
        Assert.False(Comparison.OfShares(new(56, 70), new(48, 80)).MayBeChance);
    }
}
