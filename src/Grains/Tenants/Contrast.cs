using System.Globalization;

namespace Conclude.Grains.Tenants;

/// <summary>Text that can be read on a colour: relative luminance and contrast ratio of WCAG 2.</summary>
public static class Contrast
{
    private const string Black = "#000000";
    private const string White = "#ffffff";

    /// <summary>Here black and white contrast alike, 4.58:1; above it black contrasts more.</summary>
    private static readonly double Middle = Math.Sqrt(0.05 * 1.05) - 0.05;

    /// <summary>Black or white, whichever contrasts more: at least 4.5:1 on every colour.</summary>
    /// <param name="colour"><c>#rrggbb</c>.</param>
    public static string TextOn(string colour) => Luminance(colour) > Middle ? Black : White;

    /// <summary>From 1, the same, to 21, black on white.</summary>
    public static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var rgb = int.Parse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));
    }

    private static double Linear(int channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
