using System.Buffers.Binary;
using System.Diagnostics;
using Conclude.Ledger.Upkeep;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// Goes through the file and overwrites what belongs to nothing, a few pages at a time, on the writer's connection and between its
/// transactions: only then is the file all there is, no copy of a page is in the log or in memory, and nobody can write one. Readers never
/// look at what it overwrites; that a power failure in the middle leaves the bytes beside it alone is what SQLite itself takes for granted
/// of a disk ("powersafe overwrite"). Between two turns SQLite may give a page that was not reached yet the number of one that was: what was
/// written behind it is gone through again. What is owed, and up to where it was settled, is stored, so that a killed process owes it still.
/// </summary>
/// <param name="turn">Writers wait for so long, a block of pages at least.</param>
internal sealed class FileScrub(TimeSpan busyTimeout, TimeSpan turn)
{
    /// <summary>Little beside what a commit takes when the disk is slow.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(25);

    // Writers wait for readers that are in the way of emptying the log.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private const int PagesAtOnce = 64;

    private readonly List<(int From, int To)> _dirty = [];
    private readonly WrittenPages _written = new();
    private byte[] _pages = [];
    private long _next;
    private long _owed;

    /// <summary>Does a turn's worth.</summary>
    /// <param name="until">Done when a pass has ended that began after so much was owed.</param>
    public ScrubState Run(Session session, long until)
    {
        if (Value(session, "settled_scrub") >= until)
        {
            return ScrubState.Done;
        }
        var main = DatabaseFile.Main(session.Db);
        var log = DatabaseFile.Log(session.Db);
        if (_next > 0 && !_written.Add(log, Layout.Read(main).PageSize, _next))
        {
            Forget();
        }
        if (_next == 0)
        {
            // The log must not begin anew unseen.
            session.Execute("PRAGMA wal_autocheckpoint = 0");
            _written.Clear();
            _owed = Value(session, "owed_scrub");
        }
        _written.Restart();
        if (!EmptyLog(session))
        {
            return ScrubState.InTheWay;
        }
        // From here on no page but the first, which holds nothing of anybody, may be read before it is clear: it could be written as it was.
        session.Execute("PRAGMA shrink_memory");
        session["begin"].Open().Run();
        if (log.Length() > 0)
        {
            // Another program writes.
            session["rollback"].Open().Run();
            return ScrubState.InTheWay;
        }
        var isOver = Clear(main, Layout.Read(main));
        if (isOver)
        {
            // Also what a process that was killed has written and not seen to the disk.
            main.Sync();
            session["settle_scrub"].Open().Add(_owed).Run();
        }
        session["commit"].Open().Run();
        if (!isOver)
        {
            return ScrubState.More;
        }
        Forget();
        session.Execute(SqliteBatch.AutoCheckpoint);
        return _owed >= until ? ScrubState.Done : ScrubState.More;
    }

    /// <summary>Begins anew.</summary>
    public void Forget()
    {
        _next = 0;
        _written.Clear();
    }

    private static long Value(Session session, string name)
    {
        using var value = session.Open(name);
        return value.Next() ? value.Long(0) : 0;
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

    /// <returns>Whether that was all.</returns>
    private bool Clear(DatabaseFile main, Layout layout)
    {
        var started = Stopwatch.GetTimestamp();
        if (_pages.Length < PagesAtOnce * layout.PageSize)
        {
            _pages = new byte[PagesAtOnce * layout.PageSize];
        }
        var wrote = false;
        foreach (var page in _written.Pages.Where(page => page < layout.Pages))
        {
            wrote |= Clear(main, layout, page, 1);
        }
        _written.Clear();
        while (_next < layout.Pages)
        {
            var count = (int)Math.Min(PagesAtOnce, layout.Pages - _next);
            wrote |= Clear(main, layout, _next, count);
            _next += count;
            if (Stopwatch.GetElapsedTime(started) >= turn)
            {
                break;
            }
        }
        if (wrote)
        {
            main.Sync();
        }
        return _next >= layout.Pages;
    }

    /// <returns>Whether there was anything.</returns>
    private bool Clear(DatabaseFile main, Layout layout, long from, int count)
    {
        var wrote = false;
        var pages = _pages.AsSpan(0, count * layout.PageSize);
        main.Read(pages, from * layout.PageSize);
        for (var i = from == 0 ? 1 : 0; i < count; i++)
        {
            var page = pages.Slice(i * layout.PageSize, layout.PageSize);
            FreeSpace.Find(page[..layout.Usable], _dirty);
            foreach (var (start, end) in _dirty)
            {
                page[start..end].Clear();
                main.Write(page[start..end], ((from + i) * layout.PageSize) + start);
                wrote = true;
            }
        }
        return wrote;
    }

    /// <param name="Usable">Bytes of each page that SQLite uses.</param>
    /// <param name="Pages">None where pages of other kinds may look like those of a b-tree.</param>
    private readonly record struct Layout(int PageSize, int Usable, long Pages)
    {
        public static Layout Read(DatabaseFile main)
        {
            Span<byte> header = stackalloc byte[100];
            main.Read(header, 0);
            var size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var bytes and not 1 ? bytes : 65536;
            var isVacuumedByItself = BinaryPrimitives.ReadUInt32BigEndian(header[52..]) != 0;
            var pages = main.Length() / size;
            return new Layout(size, size - header[20], isVacuumedByItself || pages > FreeSpace.MaxPages ? 0 : pages);
        }
    }
}
