using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>One event name as the dashboard knows it now.</summary>
/// <param name="Day">What the last read said of the last day.</param>
/// <param name="ToldAt">When the stream last spoke of it; the beginning of time when it never did.</param>
public sealed record EventRow(
    string Name, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, EventReading Reading, DayReading Day, DateTimeOffset ToldAt)
{
    /// <summary>Younger than this, what the stream told may be ahead of what a read returns.</summary>
    private static readonly TimeSpan StreamIsAhead = TimeSpan.FromSeconds(5);

    public Counters Counters => Reading.Counters;

    /// <summary>Fires of the last day as read, and those that came since.</summary>
    public long Last24Hours => Day.LastDay + Math.Max(0, Counters.Fires - Day.AllTime);

    /// <param name="epoch">The ledger's epoch when the read began.</param>
    public static EventRow Read(ObservedEvent read, long epoch) =>
        new(read.Name, read.FirstSeen, read.LastSeen, new EventReading(epoch, read.AllTime), DayReading.Of(read), DateTimeOffset.MinValue);

    /// <summary>
    /// A later read of the catalog. It replaces what the row holds, unless the stream has just told something newer: then the larger
    /// value stays until the next read. A read from before a repair says nothing of what is known after it.
    /// </summary>
    public EventRow With(ObservedEvent read, long epoch, DateTimeOffset now) =>
        epoch < Reading.Epoch ? this
        : now - ToldAt > StreamIsAhead ? Read(read, epoch) with { ToldAt = ToldAt }
        : this with
        {
            Reading = Reading.With(epoch, read.AllTime),
            Day = DayReading.Of(read),
            FirstSeen = Earlier(FirstSeen, read.FirstSeen),
            LastSeen = Later(LastSeen, read.LastSeen),
        };

    /// <summary>Totals that the stream told: late, repeated and disordered ones change nothing.</summary>
    public EventRow With(EventTotals told, DateTimeOffset now) => this with
    {
        Reading = Reading.With(told.Epoch, told.AllTime),
        FirstSeen = Earlier(FirstSeen, told.FirstSeen),
        LastSeen = Later(LastSeen, told.LastSeen),
        ToldAt = now,
    };

    public static EventRow Told(EventTotals told, DateTimeOffset now) =>
        new(told.Event, told.FirstSeen, told.LastSeen, EventReading.None.With(told.Epoch, told.AllTime), DayReading.None, now);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
