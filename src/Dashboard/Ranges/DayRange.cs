using System.Globalization;

namespace Conclude.Dashboard.Ranges;

/// <summary>
/// A range of time as a person chose it and as an address carries it: <c>range=24h|7d|30d|90d</c>, or <c>from</c> and <c>to</c> as
/// the first and the last day. Days are the viewer's, their ends rounded down to whole hours, because that is how the ledger counts.
/// </summary>
public sealed record DayRange
{
    /// <summary>Longer ranges are cut at their beginning.</summary>
    public const int MaxDays = 731;

    private const string DayFormat = "yyyy-MM-dd";

    private DayRange()
    {
    }

    /// <summary>The first instant; a whole hour, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The first instant no longer in it; a whole hour, UTC, and the end of the running hour for a span that ends now.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Null when two days were chosen.</summary>
    public required RangePreset? Preset { get; init; }

    /// <summary>The first day, in the viewer's zone.</summary>
    public required DateOnly First { get; init; }

    /// <summary>The last day, in the viewer's zone.</summary>
    public required DateOnly Last { get; init; }

    /// <summary>The range of equal length before: as many days earlier, and no longer than this one has run.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Before { get; init; }

    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>Shown by the hour rather than by the day.</summary>
    public bool ByHour => Preset is RangePreset.Day || Days <= 2;

    public bool Includes(DateTimeOffset at) => From <= at && at < To;

    /// <summary>For an address; a value that is null does not stand there.</summary>
    public IReadOnlyDictionary<string, object?> Query => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["range"] = Preset is { } preset ? Word(preset) : null,
        ["from"] = Preset is null ? First.ToString(DayFormat, CultureInfo.InvariantCulture) : null,
        ["to"] = Preset is null ? Last.ToString(DayFormat, CultureInfo.InvariantCulture) : null,
    };

    /// <summary>What an address says. What cannot be read there is as if it were not there.</summary>
    /// <param name="otherwise">When the address says nothing.</param>
    public static DayRange Read(string? range, string? from, string? to, DateTimeOffset now, TimeZoneInfo zone, RangePreset otherwise = RangePreset.Month)
    {
        var (first, last) = (Day(from), Day(to));
        return first is not null || last is not null
            ? Between(first ?? last!.Value, last ?? Today(now, zone), now, zone)
            : Of(Enum.GetValues<RangePreset>().Cast<RangePreset?>().FirstOrDefault(p => Word(p!.Value) == range) ?? otherwise, now, zone);
    }

    public static DayRange Of(RangePreset preset, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (end, today) = (Hour(now).AddHours(1), Today(now, zone));
        if (preset is RangePreset.Day)
        {
            var start = end.AddDays(-1);
            return new() { From = start, To = end, Preset = preset, First = Today(start, zone), Last = today, Before = (start.AddDays(-1), start) };
        }

        var days = preset switch { RangePreset.Week => 7, RangePreset.Month => 30, _ => 90 };
        return Whole(today.AddDays(1 - days), today, end, preset, zone);
    }

    /// <summary>Both days belong to it; named the wrong way round they are turned.</summary>
    public static DayRange Between(DateOnly first, DateOnly last, DateTimeOffset now, TimeZoneInfo zone)
    {
        (first, last) = first <= last ? (first, last) : (last, first);
        if (last.DayNumber - first.DayNumber >= MaxDays)
        {
            first = last.AddDays(1 - MaxDays);
        }

        var (running, end) = (Hour(now).AddHours(1), Midnight(last.AddDays(1), zone));
        return Whole(first, last, running > Midnight(first, zone) && running < end ? running : end, null, zone);
    }

    /// <summary>The first whole hour of a day, rounded down where the zone is off by a part of an hour.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);

        // Where clocks go forward at midnight there is none: the day begins when they have.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Hour(new DateTimeOffset(local, offset));
    }

    public static DateTimeOffset Hour(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return new(utc.Date.AddHours(utc.Hour), TimeSpan.Zero);
    }

    private static DayRange Whole(DateOnly first, DateOnly last, DateTimeOffset end, RangePreset? preset, TimeZoneInfo zone)
    {
        var start = Midnight(first, zone);
        var before = Midnight(first.AddDays(first.DayNumber - last.DayNumber - 1), zone);
        var ran = before + (end - start);
        return new() { From = start, To = end, Preset = preset, First = first, Last = last, Before = (before, ran < start ? ran : start) };
    }

    private static DateOnly Today(DateTimeOffset now, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>Years that every calendar step stays inside of.</summary>
    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2999 ? day : null;

    private static string Word(RangePreset preset) => preset switch
    {
        RangePreset.Day => "24h",
        RangePreset.Week => "7d",
        RangePreset.Month => "30d",
        _ => "90d",
    };
}
