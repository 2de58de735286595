namespace Conclude.Ledger;

/// <summary>How the ledger works on any store.</summary>
public abstract class StoreLedgerOptions
{
    /// <summary>Fires that may wait to be written; past it <see cref="LedgerBusyException"/>.</summary>
    public int MaxQueuedFires { get; set; } = 50_000;

    /// <summary>Bytes of operations that may wait to be written, estimated; past it <see cref="LedgerBusyException"/>.</summary>
    public long MaxQueuedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// How long the first that waits may have waited, where more than one transaction's fires wait; past it
    /// <see cref="LedgerBusyException"/>. So the queue empties in about this time, however slow the store is.
    /// </summary>
    public TimeSpan MaxQueuedTime { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Fires in one transaction.</summary>
    public int MaxBatchFires { get; set; } = 2_000;

    /// <summary>Connections for reading.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>Rows that retention and erasure touch in one transaction.</summary>
    public int UpkeepRows { get; set; } = 500;

    /// <summary>How long an erasure rests between two transactions.</summary>
    public TimeSpan UpkeepPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Test fires a workspace may store in a UTC day.</summary>
    public long TestFiresPerDay { get; set; } = 10_000;
}
