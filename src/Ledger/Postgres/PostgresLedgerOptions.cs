namespace Conclude.Ledger.Postgres;

/// <summary>How the ledger works on one PostgreSQL database.</summary>
public sealed class PostgresLedgerOptions : StoreLedgerOptions
{
    /// <summary>As Npgsql takes it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long a connection, or a statement of the writer or of a short read, may take before the store counts as gone; whole seconds, at least 1.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a recount or a list may take; whole seconds.</summary>
    public TimeSpan ScanTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Keeps every other process from the database, as an engine of one process and a repair must. Otherwise it is shared with others
    /// that share it: the ledger itself is exact with several writers.
    /// </summary>
    public bool SingleProcess { get; set; } = true;
}
