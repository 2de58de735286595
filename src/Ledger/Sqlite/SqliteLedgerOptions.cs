namespace Conclude.Ledger.Sqlite;

/// <summary>How the ledger works on one data directory.</summary>
public sealed class SqliteLedgerOptions
{
    /// <summary>Holds <c>conclude.db</c> and the lock file; made if it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Fires that may wait to be written; past it <see cref="LedgerBusyException"/>.</summary>
    public int MaxQueuedFires { get; set; } = 50_000;

    /// <summary>Bytes of operations that may wait to be written, estimated; past it <see cref="LedgerBusyException"/>.</summary>
    public long MaxQueuedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Fires in one transaction.</summary>
    public int MaxBatchFires { get; set; } = 2_000;

    /// <summary>How long a write waits for another program that holds the database.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections for reading.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>Test fires a workspace may store in a UTC day.</summary>
    public long TestFiresPerDay { get; set; } = 10_000;

    /// <summary>The database's size limit in pages of 4 KiB, so that tests can fill it; 0 is none.</summary>
    internal long MaxPages { get; set; }
}
