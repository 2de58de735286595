using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>One event name as the dashboard knows it now.</summary>
/// <param name="ToldAt">When the stream last spoke of it; the beginning of time when it never did.</param>
public sealed record EventRow(
    string Name, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, EventReading Reading, long Last24Hours, DateTimeOffset ToldAt)
{
    /// <summary>Younger than this, what the stream told may be ahead of what a read returns.</summary>
    private static readonly TimeSpan StreamIsAhead = TimeSpan.FromSeconds(5);

    public Counters Counters => Reading.Counters;

    /// <param name="epoch">The ledger's epoch when the read began.</param>
    public static EventRow Read(ObservedEvent read, long epoch) =>
        new(read.Name, read.FirstSeen, read.LastSeen, new EventReading(epoch, read.AllTime), read.Last24Hours, DateTimeOffset.MinValue);

    /// <summary>
    /// A later read of the catalog. It replaces what the row holds (so that a repair which lowered a counter shows), unless the
    /// stream has just told something newer: then the larger value stays until the next read.
    /// </summary>
    public EventRow With(ObservedEvent read, long epoch, DateTimeOffset now) => now - ToldAt > StreamIsAhead
        ? Read(read, Math.Max(epoch, Reading.Epoch)) with { ToldAt = ToldAt }
        : this with
        {
            Reading = Reading.With(epoch, read.AllTime),
            Last24Hours = Math.Max(Last24Hours, read.Last24Hours),
            LastSeen = Later(LastSeen, read.LastSeen),
        };

    /// <summary>Totals that the stream told: late, repeated and disordered ones change nothing.</summary>
    public EventRow With(EventTotals told, DateTimeOffset now)
    {
        var reading = Reading.With(told.Epoch, told.AllTime);
        var more = Math.Max(0, reading.Counters.Fires - Counters.Fires);
        return this with { Reading = reading, Last24Hours = Last24Hours + more, LastSeen = Later(LastSeen, told.LastSeen), ToldAt = now };
    }

    public static EventRow Told(EventTotals told, DateTimeOffset now) =>
        new(told.Event, told.FirstSeen, told.LastSeen, EventReading.None.With(told.Epoch, told.AllTime), told.AllTime.Fires, now);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
