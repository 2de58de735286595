using Conclude.Ledger.Reading;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>A few connections for reading, each use on one snapshot of the database.</summary>
internal sealed class ReaderPool(Connections connections, PostgresLedgerOptions options) : IReaders
{
    private readonly NpgsqlDataSource _pool = connections.Pool();
    private readonly SemaphoreSlim _free = new(options.Readers);

    // Long queries get half of the connections, so that a user's own read never waits for somebody's search.
    private readonly SemaphoreSlim _scans = new(Math.Max(1, options.Readers / 2));
    private volatile bool _closed;

    public Task<T> Read<T>(Func<IQueries, T> query, CancellationToken cancellation) => Run(query, options.Timeout, isOne: false, cancellation);

    public Task<T> ReadOne<T>(Func<IQueries, T> statement, CancellationToken cancellation) => Run(statement, options.Timeout, isOne: true, cancellation);

    public async Task<T> Scan<T>(Func<IQueries, T> query, CancellationToken cancellation)
    {
        await Wait(_scans, options.ScanTimeout, cancellation);
        try
        {
            return await Run(query, options.ScanTimeout, isOne: false, cancellation);
        }
        finally
        {
            _scans.Release();
        }
    }

    public Task<T> Recount<T>(Func<IQueries, T> query, CancellationToken cancellation) =>
        Task.Run(() => Use(connections.OpenReader, query, TimeSpan.Zero, isOne: false, cancellation), cancellation);

    public void Dispose()
    {
        _closed = true;
        _pool.Dispose();
    }

    private async Task<T> Run<T>(Func<IQueries, T> query, TimeSpan timeout, bool isOne, CancellationToken cancellation)
    {
        await Wait(_free, options.Timeout, cancellation);
        try
        {
            // At most as many threads wait for the network as there are connections.
            return await Task.Run(() => Use(_pool.OpenConnection, query, timeout, isOne, cancellation), CancellationToken.None);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <exception cref="LedgerBusyException">None was free in time: more is asked of the store than it answers.</exception>
    private static async Task Wait(SemaphoreSlim connections, TimeSpan longest, CancellationToken cancellation)
    {
        if (!await connections.WaitAsync(longest, cancellation))
        {
            throw new LedgerBusyException();
        }
    }

    private T Use<T>(Func<NpgsqlConnection> open, Func<IQueries, T> query, TimeSpan timeout, bool isOne, CancellationToken cancellation)
    {
        if (_closed)
        {
            throw new LedgerUnavailableException("The ledger is closed.");
        }
        try
        {
            try
            {
                return Query(open, query, timeout, isOne, cancellation);
            }
            catch (NpgsqlException stale) when (IsStale(stale))
            {
                // The server went and came back since the idle connections were used last. Nothing was written: once more, on a fresh one.
                _pool.Clear();
                return Query(open, query, timeout, isOne, cancellation);
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or ObjectDisposedException || Connections.IsOutage(failure))
        {
            cancellation.ThrowIfCancellationRequested();
            if (failure is not PostgresException && !_closed)
            {
                // What broke this connection broke the idle ones, and each would cost whoever uses it next the timeout.
                _pool.Clear();
            }
            throw new LedgerUnavailableException("The store does not answer.", failure);
        }
    }

    private static T Query<T>(Func<NpgsqlConnection> open, Func<IQueries, T> query, TimeSpan timeout, bool isOne, CancellationToken cancellation)
    {
        using var connection = open();
        // Its end is a round trip, which one statement does without: it is a snapshot by itself.
        using var snapshot = isOne ? null : connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        using PostgresQueries queries = new(connection, Dialect.Read, timeout);
        using var interrupt = cancellation.UnsafeRegister(static q => ((PostgresQueries)q!).Cancel(), queries);
        var result = query(queries);
        snapshot?.Commit();
        return result;
    }

    // A time-out is none: it would be waited for twice.
    private static bool IsStale(NpgsqlException failure) => failure is PostgresException { SqlState: var state }
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : failure.InnerException is IOException or System.Net.Sockets.SocketException;
}
