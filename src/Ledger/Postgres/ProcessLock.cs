using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>
/// The database, held by a session lock on a connection of its own: for this process alone, or together with others that share it, so that
/// nobody who must be alone comes in between. The server frees it when the connection ends, however that ends; a thread that waits on
/// the connection notices, and the next write takes the lock again.
/// </summary>
internal sealed class ProcessLock(Connections connections, bool shared = false) : IDisposable
{
    // A process that starts anew meets what the server has not yet cleared of the one before.
    private const string Patience = "SET lock_timeout = '2s'";
    private volatile NpgsqlConnection? _held;
    private volatile bool _closed;

    /// <summary>For the first time.</summary>
    /// <exception cref="DatabaseInUseException">Somebody else holds it, and one of the two must be alone.</exception>
    public void Take()
    {
        if (!TryTake(Patience, shared ? "SELECT true FROM pg_advisory_lock_shared($1)" : "SELECT true FROM pg_advisory_lock($1)"))
        {
            throw new DatabaseInUseException(connections.Name);
        }
    }

    /// <summary>Before each transaction; one thread.</summary>
    /// <returns>True when it had been lost and was taken again: most likely the server was away.</returns>
    /// <exception cref="LostLockException">It was lost, and somebody else holds it now.</exception>
    public bool Keep()
    {
        if (_held is not null)
        {
            return false;
        }
        if (!TryTake("", shared ? "SELECT pg_try_advisory_lock_shared($1)" : "SELECT pg_try_advisory_lock($1)"))
        {
            throw new LostLockException($"The lock on {connections.Name} was lost, and another process has it.");
        }
        return true;
    }

    public void Dispose()
    {
        _closed = true;
        _held?.Dispose();
    }

    private bool TryTake(string settings, string statement)
    {
        var connection = connections.Replace("lock", settings);
        try
        {
            using NpgsqlCommand take = new(statement, connection) { Parameters = { new() { Value = AdvisoryLocks.Process } } };
            if (take.ExecuteScalar() is not true)
            {
                connection.Dispose();
                return false;
            }
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            connection.Dispose();
            return false;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _held = connection;
        new Thread(() => Watch(connection)) { IsBackground = true, Name = "Ledger lock" }.Start();
        return true;
    }

    private void Watch(NpgsqlConnection connection)
    {
        try
        {
            while (!_closed)
            {
                // Nothing is ever sent here: it ends when the connection does. Npgsql's keep-alive notices a dead network.
                connection.Wait();
            }
        }
        catch (Exception ended) when (ended is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            _held = null;
            connection.Dispose();
        }
    }
}
