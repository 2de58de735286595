using System.Collections.Immutable;
using System.Globalization;
using Conclude.Dashboard.Ranges;
using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>
/// A range in even steps: hours, the viewer's days, or seven of these. A day has the hours that it has: 23 and 25 where clocks change.
/// </summary>
public static class RangeSteps
{
    /// <summary>Longer ranges are shown by the week, so that a column stays wide enough to be pointed at.</summary>
    private const int MaxDays = 92;

    private const int WeekDays = 7;

    public static StepSize SizeOf(DayRange range) => range.ByHour ? StepSize.Hour : range.Days <= MaxDays ? StepSize.Day : StepSize.Week;

    /// <summary>Every step of the range, oldest first, empty ones too; hours outside of it are left out.</summary>
    public static ImmutableArray<RangeStep> Of(DayRange range, IEnumerable<HourTotals> hours, TimeZoneInfo zone)
    {
        var starts = Starts(range, zone);
        CounterSum[] sums = [.. starts.Select(static _ => new CounterSum())];
        foreach (var hour in hours.Where(h => range.Includes(h.Hour)))
        {
            var at = starts.BinarySearch(hour.Hour);
            at = at < 0 ? ~at - 1 : at;
            sums[at].Add(hour.Counters);
        }

        return [.. starts.Select((start, i) => Step(start, i + 1 < starts.Length ? starts[i + 1] : range.To, range.ByHour, zone, sums[i].Counters))];
    }

    /// <summary>The same range in longer steps: the newest a whole one, the oldest perhaps a part.</summary>
    public static ImmutableArray<RangeStep> Join(ImmutableArray<RangeStep> steps, int together, bool byHour, TimeZoneInfo zone)
    {
        if (together <= 1)
        {
            return steps;
        }

        var first = steps.Length % together;
        return
        [
            .. (first > 0 ? [steps[..first]] : Enumerable.Empty<ImmutableArray<RangeStep>>())
                .Concat(Enumerable.Range(0, steps.Length / together).Select(i => steps.Slice(first + (i * together), together)))
                .Select(part => Step(part[0].From, part[^1].To, byHour, zone, CounterSum.Of(part.Select(static step => step.Counters)))),
        ];
    }

    private static ImmutableArray<DateTimeOffset> Starts(DayRange range, TimeZoneInfo zone)
    {
        if (SizeOf(range) is StepSize.Hour)
        {
            return [.. Enumerable.Range(0, (int)(range.To - range.From).TotalHours).Select(i => range.From.AddHours(i))];
        }

        var days = SizeOf(range) is StepSize.Day ? 1 : WeekDays;
        return [.. Enumerable.Range(0, range.Days).Where(i => i % days == 0).Select(i => DayRange.Midnight(range.First.AddDays(i), zone)).Where(range.Includes)];
    }

    private static RangeStep Step(DateTimeOffset from, DateTimeOffset to, bool byHour, TimeZoneInfo zone, Counters counters)
    {
        var (local, end) = (TimeZoneInfo.ConvertTime(from, zone), TimeZoneInfo.ConvertTime(to, zone));
        if (byHour)
        {
            return new RangeStep(from, to, Text(local, "HH:mm"), $"{Text(local, "ddd d MMM, HH:mm")}–{Text(end, "HH:mm")}", counters);
        }

        // Where the zone is off by a part of an hour, a day begins with the hour that holds its midnight.
        var (first, last) = (local.AddMinutes(59), end.AddMinutes(-1));
        var words = first.Date == last.Date ? Text(first, "ddd d MMM yyyy") : $"{Text(first, first.Year == last.Year ? "d MMM" : "d MMM yyyy")} – {Text(last, "d MMM yyyy")}";
        return new RangeStep(from, to, Text(first, "d MMM"), words, counters);
    }

    private static string Text(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);
}
