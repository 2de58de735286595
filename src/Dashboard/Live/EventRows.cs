using System.Collections.Immutable;
using Conclude.Grains.Catalog;
using Conclude.Grains.Live;

namespace Conclude.Dashboard.Live;

/// <summary>All event names of a workspace as the dashboard knows them: what streams told and what was read, laid over each other.</summary>
public static class EventRows
{
    public static ImmutableSortedDictionary<string, EventRow> None { get; } = ImmutableSortedDictionary.Create<string, EventRow>(StringComparer.Ordinal);

    /// <summary>After a message of the stream, which may be late, repeated or out of order, and after others that were lost.</summary>
    public static ImmutableSortedDictionary<string, EventRow> With(this ImmutableSortedDictionary<string, EventRow> rows, TotalsChanged told, DateTimeOffset now)
    {
        var changed = rows.ToBuilder();
        foreach (var totals in told.Totals)
        {
            changed[totals.Event] = changed.TryGetValue(totals.Event, out var row) ? row.With(totals, now) : EventRow.Told(totals, now);
        }

        return changed.ToImmutable();
    }

    /// <summary>After a read of the catalog, which may be older than what the stream told.</summary>
    public static ImmutableSortedDictionary<string, EventRow> With(this ImmutableSortedDictionary<string, EventRow> rows, CatalogReading read, DateTimeOffset now)
    {
        var changed = rows.ToBuilder();
        foreach (var name in read.Names)
        {
            var next = changed.TryGetValue(name.Name, out var row) ? row.With(name, read.Epoch, now) : EventRow.Read(name, read.Epoch);

            // What did not change stays the same object, which is how components see it.
            if (next != row)
            {
                changed[name.Name] = next;
            }
        }

        return changed.ToImmutable();
    }
}
