using System.Collections.Frozen;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// Upkeep on SQLite goes through the writer's queue: the file has one writer at a time, and another connection that writes would make
/// the daily work wait in SQLite's own sleeps. In the queue it shares a commit, and nobody waits longer than its batch takes.
/// </summary>
internal sealed class SqliteUpkeep(GroupCommit writer, string file, SqliteLedgerOptions options) : IUpkeepStore
{
    private static readonly FrozenDictionary<string, string> Sql = new SqlText("Sqlite").Statements("upkeep");

    public Task<T> Write<T>(int weight, Func<IQueries, T> work, bool movesSums = false) => writer.Enqueue(new StoreWork<T>(weight, work, movesSums));

    public Task<T> Read<T>(Func<IQueries, T> reading, CancellationToken cancellation) => Task.Run(
        () => Use(raw.SQLITE_OPEN_READONLY, Sql, options.BusyTimeout, "", reading), cancellation);

    /// <summary>The data directory belongs to this process alone.</summary>
    public Task<IDisposable?> TryTake(UpkeepTurn turn, CancellationToken cancellation) => Task.FromResult<IDisposable?>(NoTurn.Needed);

    public Task<long> ReadOwed(CancellationToken cancellation) =>
        Read(static queries => queries.Rows("owed_scrub", static r => r.Long(0)) is [var owed] ? owed : 0, cancellation);

    public async Task<ScrubState> Scrub(long until)
    {
        if (until == 0)
        {
            return ScrubState.Done;
        }
        ScrubOperation turn = new(until);
        var state = await writer.Enqueue(turn);
        return turn.Failure is { } failure ? throw new LedgerUnavailableException("The store's file could not be scrubbed.", failure) : state;
    }

    public void Dispose()
    {
        // It holds nothing between uses.
    }

    private T Use<T>(int mode, FrozenDictionary<string, string> sql, TimeSpan patience, string pragmas, Func<IQueries, T> use)
    {
        try
        {
            using var session = Session.Open(file, mode, sql, patience, pragmas);
            return use(session);
        }
        catch (SqliteException failure)
        {
            throw new LedgerUnavailableException("The store does not answer.", failure);
        }
    }
}
