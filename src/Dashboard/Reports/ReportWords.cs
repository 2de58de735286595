using System.Globalization;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Ranges;

namespace Conclude.Dashboard.Reports;

/// <summary>Numbers, ranges and addresses as the page of a moment writes them.</summary>
public static class ReportWords
{
    public static string Grouped(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Counted(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{Grouped(count)} {many}";

    /// <summary>For a style: at most four digits, with a point.</summary>
    public static string Css(double percent) => percent.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>Such as <c>24 Oct – 22 Nov</c>; for 24 hours, with the times.</summary>
    public static string Range(DayRange range, TimeZoneInfo zone) => range.Preset is RangePreset.Day
        ? Span(range.From, range.To, zone, "d MMM HH:mm")
        : Days(range.First, range.Last);

    /// <summary>The range before it, as <see cref="Range"/>.</summary>
    public static string Before(DayRange range, TimeZoneInfo zone) => range.Preset is RangePreset.Day
        ? Span(range.Before.From, range.Before.To, zone, "d MMM HH:mm")
        : Days(range.First.AddDays(-range.Days), range.First.AddDays(-1));

    /// <summary>The answers of a moment in a range, by company or page when that is what they share.</summary>
    public static string ResponsesLink(string eventName, DayRange range, SplitChoice? split = null, string? key = null)
    {
        var query = range.Query.Append(new("event", eventName));
        if (split?.Kind is SplitKind.Company or SplitKind.Page && key is not null)
        {
            query = query.Append(new(split.Word, key));
        }

        return $"{DashboardRoutes.Responses}?{string.Join('&', query.Where(static q => q.Value is not null).Select(static q => $"{q.Key}={Uri.EscapeDataString((string)q.Value!)}"))}";
    }

    private static string Days(DateOnly first, DateOnly last) =>
        first == last ? Text(last, "d MMM yyyy") : $"{Text(first, first.Year == last.Year ? "d MMM" : "d MMM yyyy")} – {Text(last, "d MMM yyyy")}";

    private static string Span(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, string format) =>
        $"{Text(TimeZoneInfo.ConvertTime(from, zone), format)} – {Text(TimeZoneInfo.ConvertTime(to, zone), format)}";

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
