using System.Collections.Immutable;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>Reactions over time, in steps that suit the span.</summary>
public static class ReactionSeries
{
    /// <summary>One column of the chart.</summary>
    public sealed record Step(string Label, long Positive, long Neutral, long Frustrated);

    /// <summary>The first whole hour that a chart of this span shows.</summary>
    public static DateTimeOffset Start(ChartSpan span, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (span is ChartSpan.Day)
        {
            return Hour(now).AddHours(-23);
        }

        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1 - Days(span));
        return Hour(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime());
    }

    /// <summary>Every step from the start to now, empty ones too, so that the time axis is even.</summary>
    public static ImmutableArray<Step> Of(IEnumerable<HourTotals> hours, ChartSpan span, DateTimeOffset now, TimeZoneInfo zone)
    {
        var start = Start(span, now, zone);
        return span is ChartSpan.Day
            ? Steps(24, i => TimeZoneInfo.ConvertTime(start.AddHours(i), zone).ToString("HH:mm", CultureInfo.InvariantCulture), at => (int)(at - start).TotalHours)
            : Steps(Days(span), i => Local(start).Date.AddDays(i).ToString("d MMM", CultureInfo.InvariantCulture), at => (Local(at).Date - Local(start).Date).Days);

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

        ImmutableArray<Step> Steps(int count, Func<int, string> label, Func<DateTimeOffset, int> step)
        {
            var byStep = hours.ToLookup(h => step(h.Hour), static h => h.Counters);
            return
            [
                .. Enumerable.Range(0, count).Select(i => new Step(
                    label(i), byStep[i].Sum(static c => c.Positive), byStep[i].Sum(static c => c.Neutral), byStep[i].Sum(static c => c.Frustrated))),
            ];
        }
    }

    private static int Days(ChartSpan span) => span is ChartSpan.Month ? 30 : 7;

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);
}
