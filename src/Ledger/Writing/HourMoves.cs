namespace Conclude.Ledger.Writing;

/// <summary>What a batch adds to one name's counters in one hour.</summary>
internal sealed class HourMoves(long hour)
{
    /// <summary>First millisecond of the hour.</summary>
    public long Hour { get; set; } = hour;

    /// <summary>In the order of <see cref="CounterColumns"/>.</summary>
    public long[] Counters { get; } = new long[CounterColumns.Count];
}
