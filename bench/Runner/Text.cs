using System.Globalization;

namespace Conclude.Bench.Runner;

/// <summary>Figures as text; one that was not measured is empty.</summary>
internal static class Text
{
    public static string Ratio(double value) => Number(value, "F2");

    public static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
