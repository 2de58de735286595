using Microsoft.Extensions.Logging.Abstractions;

namespace Conclude.Ledger.Postgres;

/// <summary>The ledger in a PostgreSQL database (15 or newer): one connection writes, a few read.</summary>
public sealed class PostgresLedger(PostgresLedgerOptions options, Func<IEnumerable<ICommitListener>> listeners, TimeProvider time, ILogger<PostgresLedger>? log = null)
    : StoreLedger(options, listeners, time, log ?? NullLogger<PostgresLedger>.Instance)
{
    private ProcessLock? _lock;

    /// <inheritdoc/>
    /// <exception cref="DatabaseInUseException">Another process works on the database.</exception>
    public override void Open()
    {
        if (IsOpen)
        {
            return;
        }

        Connections connections = new(options);
        ProcessLock held = new(connections, shared: !options.SingleProcess);
        try
        {
            held.Take();
            Migrator.Run(connections);
            Start(
                new PostgresBatch(connections, held, options), new ReaderPool(connections, options),
                _ => new PostgresUpkeep(connections, options));
            _lock = held;
        }
        catch (Exception failure)
        {
            held.Dispose();
            if (Connections.IsOutage(failure))
            {
                throw Unusable(connections, failure);
            }
            throw;
        }
    }

    public override void OpenForReading()
    {
        if (IsOpen)
        {
            return;
        }

        Connections connections = new(options);
        try
        {
            Migrator.Check(connections);
        }
        catch (Exception failure) when (Connections.IsOutage(failure))
        {
            throw Unusable(connections, failure);
        }
        StartReading(new ReaderPool(connections, options));
    }

    private static LedgerUnavailableException Unusable(Connections connections, Exception failure) =>
        new($"The database {connections.Name} cannot be used: {failure.Message}", failure);

    // Two statements of another process that each take all the time they may, after the longest wait in its queue.
    private protected override TimeSpan LongestElsewhere => options.SingleProcess ? TimeSpan.Zero : (2 * options.Timeout) + options.MaxQueuedTime;

    private protected override void Free() => _lock?.Dispose();
}
