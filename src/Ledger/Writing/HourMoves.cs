namespace Conclude.Ledger.Writing;

/// <summary>One name's counters in one hour, in the order of <see cref="CounterColumns"/>.</summary>
internal sealed class HourMoves(long hour)
{
    private readonly long[] _moved = new long[CounterColumns.Count];

    /// <summary>First millisecond of the hour.</summary>
    public long Hour { get; } = hour;

    /// <summary>What the batch in work adds.</summary>
    public ReadOnlySpan<long> Moved => _moved;

    public bool HasMoves { get; private set; }

    /// <summary>As the store has it; null until it was read. Kept from batch to batch, so that no write has to ask for what it made.</summary>
    public long[]? Total { get; set; }

    public void Move(int column)
    {
        _moved[column]++;
        HasMoves = true;
    }

    /// <summary>The moves are in the store.</summary>
    public void Settle()
    {
        for (var i = 0; i < _moved.Length; i++)
        {
            Total![i] += _moved[i];
        }
        Array.Clear(_moved);
        HasMoves = false;
    }
}
