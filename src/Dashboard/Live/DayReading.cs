using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>Fires of the last day, and those of all time when they were read: what came since is the difference to those of now.</summary>
public readonly record struct DayReading(long LastDay, long AllTime)
{
    /// <summary>Nothing read yet: a name that the stream tells of first is new.</summary>
    public static DayReading None { get; }

    public static DayReading Of(ObservedEvent read) => new(read.Last24Hours, read.AllTime.Fires);
}
