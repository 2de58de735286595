using System.Collections.Concurrent;
using System.Collections.Frozen;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>A few read-only connections. Each reads a snapshot of its own and never waits for the writer.</summary>
internal sealed class ReaderPool(string file, SqliteLedgerOptions options) : IReaders
{
    private static readonly FrozenDictionary<string, string> Sql = ((string[])["read", "report", "verify"])
        .SelectMany(static file => new SqlText("Sqlite").Statements(file))
        .ToFrozenDictionary(static s => s.Key, static s => s.Value, StringComparer.Ordinal);
    private readonly ConcurrentBag<Session> _idle = [];
    private readonly SemaphoreSlim _free = new(options.Readers);

    // Long queries get half of the connections, so that a user's own read never waits for somebody's search.
    private readonly SemaphoreSlim _scans = new(Math.Max(1, options.Readers / 2));
    private volatile bool _closed;

    /// <summary>On the calling thread: a page in the cache is quicker than another thread.</summary>
    public Task<T> ReadOne<T>(Func<IQueries, T> statement, CancellationToken cancellation) => Read(statement, cancellation);

    public async Task<T> Read<T>(Func<IQueries, T> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            return Use(TakeIdle, Return, query, cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    public async Task<T> Scan<T>(Func<IQueries, T> query, CancellationToken cancellation)
    {
        await _scans.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Read(query, cancellation), cancellation);
        }
        finally
        {
            _scans.Release();
        }
    }

    // What it sorts may be large: in files, as SQLite has it by default.
    public Task<T> Recount<T>(Func<IQueries, T> query, CancellationToken cancellation) => Task.Run(
        () => Use(() => Open("PRAGMA cache_size = -32000;"), static session => session.Dispose(), query, cancellation), cancellation);

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private static T Use<T>(Func<Session> open, Action<Session> done, Func<IQueries, T> query, CancellationToken cancellation)
    {
        Session? session = null;
        try
        {
            session = open();
            using var interrupt = cancellation.CanBeCanceled ? Interrupt(session, cancellation) : default;
            session["begin"].Open().Run();
            var result = query(session);
            session["end"].Open().Run();
            done(session);
            return result;
        }
        catch (SqliteException failure)
        {
            session?.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new LedgerUnavailableException("The store does not answer.", failure);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private static CancellationTokenRegistration Interrupt(Session session, CancellationToken cancellation) =>
        cancellation.UnsafeRegister(static s => raw.sqlite3_interrupt(((Session)s!).Db), session);

    private Session TakeIdle() => _idle.TryTake(out var idle) ? idle : Open("PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;");

    private Session Open(string pragmas) => _closed
        ? throw new LedgerUnavailableException("The ledger is closed.")
        : Session.Open(file, raw.SQLITE_OPEN_READONLY, Sql, options.BusyTimeout, pragmas);

    private void Return(Session session)
    {
        _idle.Add(session);
        if (_closed)
        {
            Dispose();
        }
    }
}
