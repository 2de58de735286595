namespace Conclude.Dashboard.Reports;

/// <summary>How sure a share of few answers is, at 95 %.</summary>
public static class Wilson
{
    /// <summary>The 0.975 quantile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>
    /// The score interval of a proportion p = <paramref name="part"/>/n: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). It stays within
    /// 0–1 and holds for small n and for shares near 0 and 1, where p ± 2σ does not. E. B. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209–212.
    /// </summary>
    /// <param name="part">0–<paramref name="whole"/>.</param>
    /// <param name="whole">Nothing is known at 0: the interval is then 0–1.</param>
    public static Interval Of(long part, long whole)
    {
        if (whole <= 0)
        {
            return new(0, 1);
        }

        double n = whole, p = part / n, z2 = Z * Z;
        var centre = p + (z2 / (2 * n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return new(Math.Max(0, (centre - half) / (1 + (z2 / n))), Math.Min(1, (centre + half) / (1 + (z2 / n))));
    }

    /// <summary>
    /// The interval of the difference p₁ − p₂ of two independent proportions, put together from their score intervals (l, u):
    /// p₁ − p₂ − √((p₁−l₁)² + (u₂−p₂)²) to p₁ − p₂ + √((u₁−p₁)² + (p₂−l₂)²). R. G. Newcombe, "Interval estimation for the difference between
    /// independent proportions", Statistics in Medicine 17 (1998), 873–890, method 10.
    /// </summary>
    public static Interval Difference(Share first, Share second)
    {
        var ((l1, u1), (l2, u2)) = (Ends(first), Ends(second));
        double p1 = first.Value, p2 = second.Value;
        return new(p1 - p2 - Length(p1 - l1, u2 - p2), p1 - p2 + Length(u1 - p1, p2 - l2));
    }

    private static (double Low, double High) Ends(Share share) => (share.Interval.Low, share.Interval.High);

    private static double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
