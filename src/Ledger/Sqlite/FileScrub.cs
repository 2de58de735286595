using System.Buffers.Binary;
using System.Diagnostics;
using Conclude.Ledger.Upkeep;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// Goes through the file and overwrites what belongs to nothing, a few pages at a time, on the writer's connection and between its
/// transactions: only then is the file all there is, no copy of a page is in the log or in memory, and nobody can write one. What it
/// overwrites is never read, so neither readers nor a power failure in the middle can tell. It is done when nothing has come to be owed
/// since it began at the first page; what is owed is stored, so that a killed process owes it still.
/// </summary>
/// <param name="turn">Writers wait for so long, a block of pages at least.</param>
internal sealed class FileScrub(string file, TimeSpan busyTimeout, TimeSpan turn)
{
    /// <summary>Little beside what a commit takes when the disk is slow.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(25);

    // Writers wait for readers that are in the way of emptying the log.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private const int PagesAtOnce = 64;

    private readonly List<(int From, int To)> _dirty = [];
    private byte[] _pages = [];
    private long _next;
    private long _owed;

    /// <summary>Does a turn's worth.</summary>
    public ScrubState Run(Session session)
    {
        var owed = Owed(session);
        if (owed == 0)
        {
            return ScrubState.Done;
        }
        if (!EmptyLog(session))
        {
            return ScrubState.InTheWay;
        }
        // From here on no page may be read but as it is in the file after it: it could be written again as it was.
        session.Execute("PRAGMA shrink_memory");
        session["begin"].Open().Run();
        if (new FileInfo(file + "-wal") is { Exists: true, Length: > 0 })
        {
            // Another program writes.
            session["rollback"].Open().Run();
            return ScrubState.InTheWay;
        }
        _owed = _next == 0 ? owed : _owed;
        _next = Clear(DatabaseFile.Of(session.Db), _next);
        if (_next == 0)
        {
            session["settle_scrub"].Open().Add(_owed).Run();
        }
        session["commit"].Open().Run();
        return _next == 0 && owed == _owed ? ScrubState.Done : ScrubState.More;
    }

    /// <summary>Begins anew.</summary>
    public void Forget() => _next = 0;

    private static long Owed(Session session)
    {
        using var owed = session.Open("owed_scrub");
        return owed.Next() ? owed.Long(0) : 0;
    }

    /// <returns>False when somebody reads what is in it.</returns>
    private bool EmptyLog(Session session)
    {
        Statement.Check(raw.sqlite3_busy_timeout(session.Db, (int)Patience.TotalMilliseconds), session.Db);
        try
        {
            using var emptied = session.Open("empty_log");
            return emptied.Next() && !emptied.Bool(0);
        }
        finally
        {
            Statement.Check(raw.sqlite3_busy_timeout(session.Db, (int)busyTimeout.TotalMilliseconds), session.Db);
        }
    }

    /// <param name="from">A page, counted from 0.</param>
    /// <returns>The page to go on with; 0 after the last one.</returns>
    private long Clear(DatabaseFile database, long from)
    {
        var started = Stopwatch.GetTimestamp();
        var layout = Layout.Read(database);
        if (from >= layout.Pages)
        {
            return 0;
        }
        var wrote = false;
        do
        {
            var count = (int)Math.Min(PagesAtOnce, layout.Pages - from);
            if (_pages.Length < count * layout.PageSize)
            {
                _pages = new byte[PagesAtOnce * layout.PageSize];
            }
            var pages = _pages.AsSpan(0, count * layout.PageSize);
            database.Read(pages, from * layout.PageSize);
            for (var i = 0; i < count; i++)
            {
                var page = pages.Slice(i * layout.PageSize, layout.PageSize);
                FreeSpace.Find(page, from + i == 0 ? Layout.HeaderBytes : 0, layout.Usable, _dirty);
                foreach (var (start, end) in _dirty)
                {
                    page[start..end].Clear();
                    database.Write(page[start..end], ((from + i) * layout.PageSize) + start);
                    wrote = true;
                }
            }
            from += count;
        }
        while (from < layout.Pages && Stopwatch.GetElapsedTime(started) < turn);
        if (wrote)
        {
            database.Sync();
        }
        return from < layout.Pages ? from : 0;
    }

    /// <param name="Pages">None where pages of other kinds may look like those of a b-tree.</param>
    private readonly record struct Layout(int PageSize, int Usable, long Pages)
    {
        public const int HeaderBytes = 100;

        public static Layout Read(DatabaseFile database)
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            database.Read(header, 0);
            var size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var bytes and not 1 ? bytes : 65536;
            var isVacuumedByItself = BinaryPrimitives.ReadUInt32BigEndian(header[52..]) != 0;
            var pages = database.Length() / size;
            return new Layout(size, size - header[20], isVacuumedByItself || pages > FreeSpace.MaxPages ? 0 : pages);
        }
    }
}
