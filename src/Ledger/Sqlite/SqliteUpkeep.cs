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
    // Writers wait while a checkpoint waits for readers: not for long, then.
    private static readonly TimeSpan ScrubPatience = TimeSpan.FromMilliseconds(50);
    private static readonly FrozenDictionary<string, string> Sql = new SqlText("Sqlite").Statements("upkeep");
    private static readonly FrozenDictionary<string, string> ScrubSql =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["scrub"] = "PRAGMA wal_checkpoint(TRUNCATE)", ["rewrite"] = "VACUUM" }.ToFrozenDictionary(StringComparer.Ordinal);

    // Writers wait meanwhile, and it is held in memory, for there may be no other place: about a second for 30 MiB. They are told so and send again.
    private const long RewrittenUpTo = 32 * 1024 * 1024;

    public Task<T> Write<T>(int weight, Func<IQueries, T> work, bool movesSums = false) => writer.Enqueue(new StoreWork<T>(weight, work, movesSums));

    public Task<T> Read<T>(Func<IQueries, T> reading, CancellationToken cancellation) => Task.Run(
        () => Use(raw.SQLITE_OPEN_READONLY, Sql, options.BusyTimeout, "", reading), cancellation);

    /// <summary>The data directory belongs to this process alone.</summary>
    public Task<IDisposable?> TryTake(UpkeepTurn turn, CancellationToken cancellation) => Task.FromResult<IDisposable?>(NoTurn.Needed);

    /// <summary>
    /// The log holds pages as they were: it is copied into the file, where what was deleted is overwritten, and emptied. But SQLite does not
    /// clear the free space of a page whose rows it has moved to another, and a copy of a row may stay there: a file that is small enough
    /// is written anew.
    /// </summary>
    public Task<bool> Scrub() => Task.Run(() => Use(raw.SQLITE_OPEN_READWRITE, ScrubSql, ScrubPatience, "PRAGMA temp_store = MEMORY", queries =>
        Checkpoint(queries) && (new FileInfo(file).Length > RewrittenUpTo || (Rewrite(queries) && Checkpoint(queries)))));

    public void Dispose()
    {
        // It holds nothing between uses.
    }

    /// <returns>False when somebody still reads what was there before.</returns>
    private static bool Checkpoint(IQueries queries)
    {
        using var scrub = queries.Open("scrub");
        return scrub.Next() && !scrub.Bool(0);
    }

    /// <returns>False when somebody writes, or when there is no room: it is tried again.</returns>
    private static bool Rewrite(IQueries queries)
    {
        try
        {
            using var rewrite = queries.Open("rewrite");
            rewrite.Run();
            return true;
        }
        catch (SqliteException later) when ((later.SqliteErrorCode & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL)
        {
            return false;
        }
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
