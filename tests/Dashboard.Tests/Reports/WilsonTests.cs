using Conclude.Dashboard.Reports;

namespace Conclude.Dashboard.Tests.Reports;

/// <summary>Proves intervals against published values, and that they hold where few answers make other formulas fail.</summary>
public sealed class WilsonTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), 857–872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_share_is_the_published_one(int part, int whole, double low, double high)
    {
        var interval = Wilson.Of(part, whole);

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    // R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), 873–890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_of_a_difference_is_the_published_one(int part1, int whole1, int part2, int whole2, double low, double high)
    {
        var interval = Wilson.Difference(new Share(part1, whole1), new Share(part2, whole2));

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Nothing_is_known_without_answers()
    {
        Assert.Equal(new Interval(0, 1), Wilson.Of(0, 0));
        Assert.Equal(("–", "–", true), (default(Share).Words, default(Share).IntervalWords, default(Share).TooFew));
    }

    [Fact]
    public void An_interval_holds_its_share_and_stays_within_0_and_1()
    {
        for (var whole = 1; whole <= 60; whole++)
        {
            for (var part = 0; part <= whole; part++)
            {
                var interval = Wilson.Of(part, whole);
                Assert.True(interval is { Low: >= 0, High: <= 1 } && interval.Low - 1e-12 <= (double)part / whole && (double)part / whole <= interval.High + 1e-12, $"{part}/{whole}: {interval}");
            }
        }
    }

    [Theory]
    [InlineData(0, 9, true)]
    [InlineData(0, 10, false)]
    [InlineData(5, 10, true)]
    [InlineData(9, 19, true)]
    [InlineData(10, 20, true)]
    [InlineData(10, 21, false)]
    [InlineData(62, 100, false)]
    public void Few_or_divided_answers_tell_nothing(int part, int whole, bool tooFew) => Assert.Equal(tooFew, new Share(part, whole).TooFew);

    [Fact]
    public void A_share_is_said_in_whole_percent() => Assert.Equal(("62%", "52–71%"), (new Share(62, 100).Words, new Share(62, 100).IntervalWords));
}
