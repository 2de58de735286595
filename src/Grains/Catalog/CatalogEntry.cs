using System.Collections.Immutable;
using Conclude.Grains.Moments;
using Conclude.Ledger;

namespace Conclude.Grains.Catalog;

/// <summary>One name in a catalog: its all-time reading, and its fires by hour for the last day.</summary>
internal sealed record CatalogEntry(
    string Name, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, EventReading AllTime, ImmutableSortedDictionary<DateTimeOffset, long> Hours)
{
    private const int HoursShown = 24;

    public CatalogEntry With(EventTotals totals)
    {
        var newer = totals.Epoch > AllTime.Epoch;
        var fires = totals.InHour.Fires;
        return this with
        {
            FirstSeen = totals.FirstSeen < FirstSeen ? totals.FirstSeen : FirstSeen,
            LastSeen = totals.LastSeen > LastSeen ? totals.LastSeen : LastSeen,
            AllTime = AllTime.With(totals.Epoch, totals.AllTime),
            Hours = totals.Epoch < AllTime.Epoch ? Hours : Recent(
                Hours.SetItem(totals.Hour, newer ? fires : Math.Max(fires, Hours.GetValueOrDefault(totals.Hour))), totals.Hour),
        };
    }

    public ObservedEvent Observed(DateTimeOffset now)
    {
        var since = StartOfHour(now).AddHours(1 - HoursShown);
        return new(Name, FirstSeen, LastSeen, AllTime.Counters, Hours.Where(h => h.Key >= since).Sum(static h => h.Value));
    }

    public static DateTimeOffset StartOfHour(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);

    private static ImmutableSortedDictionary<DateTimeOffset, long> Recent(ImmutableSortedDictionary<DateTimeOffset, long> hours, DateTimeOffset latest) =>
        hours.RemoveRange(hours.Keys.TakeWhile(h => h < latest.AddHours(-HoursShown)).ToArray());
}
