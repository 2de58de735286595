using System.Globalization;

namespace Conclude.Dashboard.Reports;

/// <summary>A figure beside the same one of the range before.</summary>
/// <param name="Words">Plain, and complete without a colour or an arrow: <c>12% more</c>, <c>3 points less</c>.</param>
/// <param name="MayBeChance">The difference of two shares is no larger than answers of the same people might make it.</param>
public sealed record Comparison(Trend Trend, string Words, bool MayBeChance = false)
{
    public static Comparison NothingBefore { get; } = new(Trend.Unknown, "no data before");

    /// <summary>More than ten times as many is said as times.</summary>
    private const double Tenfold = 10;

    /// <param name="hasBefore">Something was counted in the range before; it need not be this.</param>
    public static Comparison OfCounts(long now, long before, bool hasBefore) => (now, before) switch
    {
        _ when !hasBefore => NothingBefore,
        _ when now == before => new(Trend.Same, "as before"),
        (_, 0) => new(Trend.Up, "none before"),
        (0, _) => new(Trend.Down, $"{Grouped(before)} before"),
        _ when now >= before * Tenfold => new(Trend.Up, $"{Number((double)now / before, "#,0")} times as many"),
        _ when now > before => new(Trend.Up, $"{Relative(now - before, before)} more"),
        _ => new(Trend.Down, $"{Relative(before - now, before)} less"),
    };

    /// <summary>The difference in points of a hundred: that of percentages as percent would be read both ways.</summary>
    public static Comparison OfShares(Share now, Share before)
    {
        if (now.Whole == 0 || before.Whole == 0)
        {
            return NothingBefore with { Words = before.Whole == 0 ? "no data before" : "no data now" };
        }

        // As the two percentages are shown, so that nobody finds them to differ by something else.
        var points = Whole(now) - Whole(before);
        var words = Math.Abs(points) == 1 ? "1 point" : $"{Math.Abs(points)} points";
        return points == 0 ? new(Trend.Same, "as before") : new(
            points > 0 ? Trend.Up : Trend.Down, points > 0 ? $"{words} more" : $"{words} less", Wilson.Difference(now, before).Includes(0));
    }

    private static int Whole(Share share) => (int)Math.Round(share.Value * 100, MidpointRounding.AwayFromZero);

    private static string Relative(long difference, long before) => difference * 100 < before ? "<1%" : Number(difference * 100.0 / before, "0") + "%";

    private static string Grouped(long count) => Number(count, "N0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
