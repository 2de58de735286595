using Conclude.Ledger.Reading;
using Conclude.Ledger.Upkeep;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>
/// Upkeep on PostgreSQL runs on a connection of its own beside the writer, which never waits for it: what retention touches is old, and
/// nobody else writes it. Only what touches users or live prompts takes the workspace's lock, for milliseconds.
/// </summary>
internal sealed class PostgresUpkeep(Connections connections, PostgresLedgerOptions options) : IUpkeepStore
{
    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;

    public async Task<T> Write<T>(int weight, Func<IQueries, T> work, bool movesSums = false)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() => WriteAtMostTwice(work));
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<T> Read<T>(Func<IQueries, T> reading, CancellationToken cancellation) => Task.Run(
        () => Guarded(() =>
        {
            using var connection = connections.OpenReader();
            return Run(connection, TimeSpan.Zero, reading);
        }),
        cancellation);

    /// <summary>A lock of a connection's: it ends with that, however the process does.</summary>
    public Task<IDisposable?> TryTake(UpkeepTurn turn, CancellationToken cancellation) => Task.Run(
        () => Guarded<IDisposable?>(() =>
        {
            var connection = connections.Open();
            try
            {
                using NpgsqlCommand take = new("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = turn is UpkeepTurn.Erasure ? AdvisoryLocks.Erasure : AdvisoryLocks.Retention } } };
                if (take.ExecuteScalar() is true)
                {
                    return connection;
                }
            }
            catch
            {
                connection.Dispose();
                throw;
            }
            connection.Dispose();
            return null;
        }),
        cancellation);

    // The server overwrites dead rows when it vacuums.
    public Task<long> ReadOwed(CancellationToken cancellation) => Task.FromResult(0L);

    public Task<ScrubState> Scrub(long until) => Task.FromResult(ScrubState.Done);

    public void Dispose()
    {
        Close();
        _turn.Dispose();
    }

    private T WriteAtMostTwice<T>(Func<IQueries, T> work) => Guarded(() =>
    {
        try
        {
            return Write(work);
        }
        catch (Exception failure) when (Connections.IsContention(failure))
        {
            return Write(work);
        }
    });

    private T Write<T>(Func<IQueries, T> work)
    {
        try
        {
            _connection ??= connections.OpenUpkeep();
            return Run(_connection, options.Timeout, work);
        }
        catch
        {
            Close();
            throw;
        }
    }

    private static T Run<T>(NpgsqlConnection connection, TimeSpan timeout, Func<IQueries, T> work)
    {
        using var transaction = connection.BeginTransaction();
        using PostgresQueries queries = new(connection, Dialect.Upkeep, timeout);
        var result = work(queries);
        transaction.Commit();
        return result;
    }

    private static T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception failure) when (Connections.IsOutage(failure))
        {
            throw new LedgerUnavailableException("The store does not answer.", failure);
        }
        catch (PostgresException refused)
        {
            throw new LedgerRefusedException(refused);
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
