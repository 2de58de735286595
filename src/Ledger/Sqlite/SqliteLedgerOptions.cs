namespace Conclude.Ledger.Sqlite;

/// <summary>How the ledger works on one data directory.</summary>
public sealed class SqliteLedgerOptions : StoreLedgerOptions
{
    /// <summary>Holds <c>conclude.db</c> and the lock file; made if it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How long a write waits for another program that holds the database.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The database's size limit in pages of 4 KiB, so that tests can fill it; 0 is none.</summary>
    internal long MaxPages { get; set; }
}
