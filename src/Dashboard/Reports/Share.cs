using System.Globalization;

namespace Conclude.Dashboard.Reports;

/// <summary>A part of some answers, and how sure it is.</summary>
/// <param name="Part">0–<paramref name="Whole"/>.</param>
public readonly record struct Share(long Part, long Whole)
{
    /// <summary>Fewer answers than this tell nothing.</summary>
    public const int MinAnswers = 10;

    /// <summary>A wider interval tells nothing: 40 points of a hundred, which 20 answers come to when they are divided.</summary>
    public const double MaxWidth = 0.4;

    /// <summary>The two bounds as a person reads them.</summary>
    public const string Bounds = "fewer than 10 answers, or a range wider than 40 points";

    /// <summary>What the page means by too few.</summary>
    public const string Rule = $"Too few to tell means {Bounds}.";

    /// <summary>0–1; 0 when there is nothing to share.</summary>
    public double Value => Whole == 0 ? 0 : (double)Part / Whole;

    /// <summary>Where the share truly lies, at 95 %.</summary>
    public Interval Interval => Wilson.Of(Part, Whole);

    public bool TooFew => Whole < MinAnswers || Interval.Width > MaxWidth;

    /// <summary>Such as <c>62%</c>; an en dash when there is nothing to share.</summary>
    public string Words => Whole == 0 ? "–" : Points(Value) + "%";

    /// <summary>Such as <c>58–66%</c>.</summary>
    public string IntervalWords => Whole == 0 ? "–" : $"{Points(Interval.Low)}–{Points(Interval.High)}%";

    private static string Points(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);
}
