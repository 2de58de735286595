using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;
using SQLitePCL;

namespace Conclude.Ledger.Tests;

/// <summary>The scrub of a file while others write into it, block by block: no row may change, and nothing that was deleted may stay.</summary>
public sealed class FileScrubTests
{
    private static readonly FrozenDictionary<string, string> Sql = new SqlText("Sqlite").Statements("write").Concat(new SqlText("Sqlite").Statements("upkeep"))
        .Concat(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["add"] = "INSERT INTO rows(id, key, body) VALUES (?1, ?2, ?3)",
            ["add_key"] = "INSERT INTO keyed(key, id) VALUES (?1, ?2)",
            ["remove"] = "DELETE FROM rows WHERE id = ?1",
            ["remove_key"] = "DELETE FROM keyed WHERE key = ?1",
            ["read"] = "SELECT r.id, r.key, r.body FROM rows r JOIN keyed k ON k.key = r.key AND k.id = r.id ORDER BY r.id",
            ["read_rows"] = "SELECT * FROM rows",
            ["check"] = "PRAGMA integrity_check",
        })
        .ToFrozenDictionary(static s => s.Key, static s => s.Value, StringComparer.Ordinal);

    private const string Tables = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE rows(id INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL); CREATE INDEX by_key ON rows(key);
        CREATE TABLE keyed(key TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
        """;
    private const string Mark = "left of somebody";

    [Theory]
    [InlineData(1024, 1)]
    [InlineData(4096, 2)]
    [InlineData(65536, 3)]
    public void No_row_is_touched_and_nothing_deleted_stays_while_others_write(int pageSize, int seed)
    {
        using TempFolder folder = new();
        using var session = Open(folder.Database, $"""
            PRAGMA page_size = {pageSize.ToString(CultureInfo.InvariantCulture)}; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 200;
            {Tables}
            """);
        World world = new(session, new Random(seed));
        for (var i = 0; i < 60; i++)
        {
            world.Move(100);
        }
        // Pages in front are free: what is moved goes there.
        world.Shrink();
        Leave(session, pageSize);
        Assert.Contains(Mark, Text(folder.Database), StringComparison.Ordinal);
        session["owe_scrub"].Open().Run();
        FileScrub scrub = new(TimeSpan.FromSeconds(5), TimeSpan.Zero);

        while (scrub.Run(session, until: 1) is var state and not ScrubState.Done)
        {
            Assert.Equal(ScrubState.More, state);
            world.Move(50);
        }

        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.DoesNotContain(Mark, Text(folder.Database), StringComparison.Ordinal);
        session["owe_scrub"].Open().Run();
        while (scrub.Run(session, until: 2) is not ScrubState.Done)
        {
        }

        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var text = Text(folder.Database);
        Assert.DoesNotContain(world.Deleted, key => text.Contains(key, StringComparison.Ordinal));
        world.Check(session);
        // With nothing of it in memory.
        using var another = Open(folder.Database, "");
        world.Check(another);
    }

    [Fact]
    public void A_reader_is_waited_for()
    {
        using TempFolder folder = new();
        using var session = Open(folder.Database, Tables);
        FileScrub scrub = new(TimeSpan.FromSeconds(5), FileScrub.Turn);
        session["owe_scrub"].Open().Run();
        using (var reader = Open(folder.Database, "BEGIN"))
        {
            using var read = reader.Open("read");
            Assert.False(read.Next());
            session["owe_scrub"].Open().Run();
            Assert.Equal(ScrubState.InTheWay, scrub.Run(session, until: 1));
        }

        Assert.Equal(ScrubState.Done, scrub.Run(session, until: 1));
    }

    [Fact]
    public void A_page_that_was_in_memory_does_not_bring_it_back()
    {
        using TempFolder folder = new();
        using var session = Open(folder.Database, Tables);
        session["add"].Open().Add(1).Add("one").Add("kept").Run();
        Leave(session, pageSize: 4096);
        using (var read = session.Open("read_rows"))
        {
            Assert.True(read.Next());
        }
        session["owe_scrub"].Open().Run();
        FileScrub scrub = new(TimeSpan.FromSeconds(5), FileScrub.Turn);

        Assert.Equal(ScrubState.Done, scrub.Run(session, until: 1));
        session["add"].Open().Add(2).Add("two").Add("in the same page").Run();
        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

        var text = Text(folder.Database);
        Assert.Contains("in the same page", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, text, StringComparison.Ordinal);
    }

    /// <summary>Puts the mark where pages hold nothing, as SQLite leaves old rows there.</summary>
    private static void Leave(Session session, int pageSize)
    {
        session.Execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory");
        var file = DatabaseFile.Main(session.Db);
        var page = new byte[pageSize];
        for (var at = (long)pageSize; at < file.Length(); at += pageSize)
        {
            file.Read(page, at);
            var head = page[0] is 2 or 5 ? 12 : 8;
            var from = head + (2 * BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(3)));
            var content = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(5)) is var number and not 0 ? number : 65536;
            if (page[0] is 2 or 5 or 10 or 13 && content - from >= 4 * Mark.Length)
            {
                file.Write(Encoding.ASCII.GetBytes(Mark), at + ((from + content) / 2));
            }
        }
    }

    private static string Text(string file)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [Fact]
    public void While_another_program_writes_nothing_is_overwritten()
    {
        using TempFolder folder = new();
        using var session = Open(folder.Database, Tables);
        session["add"].Open().Add(1).Add("one").Add("kept").Run();
        Leave(session, pageSize: 4096);
        session["owe_scrub"].Open().Run();
        FileScrub scrub = new(TimeSpan.FromMilliseconds(50), FileScrub.Turn);
        using (var other = Open(folder.Database, "BEGIN IMMEDIATE"))
        {
            other["add"].Open().Add(2).Add("two").Add("of the other").Run();
            Assert.Equal(ScrubState.InTheWay, scrub.Run(session, until: 1));
            Assert.Contains(Mark, Text(folder.Database), StringComparison.Ordinal);
            other["commit"].Open().Run();
        }

        Assert.Equal(ScrubState.Done, scrub.Run(session, until: 1));
        Assert.DoesNotContain(Mark, Text(folder.Database), StringComparison.Ordinal);
        using var read = session.Open("read_rows");
        Assert.True(read.Next() && read.Next());
        Assert.Equal("of the other", read.Text(2));
    }

    private static Session Open(string file, string script) =>
        Session.Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, Sql, TimeSpan.FromSeconds(5), script);

    /// <summary>Rows that come and go, small ones and such as need pages of their own, and what is to be found of them.</summary>
    private sealed class World(Session session, Random random)
    {
        private readonly Dictionary<long, (string Key, string Body)> _rows = [];
        private long _last;

        public List<string> Deleted { get; } = [];

        public void Move(int changes)
        {
            session["begin"].Open().Run();
            for (var i = 0; i < changes; i++)
            {
                if (_rows.Count > 500 && random.Next(20) < 9)
                {
                    Remove(_rows.Keys.ElementAt(random.Next(_rows.Count)));
                }
                else
                {
                    Add();
                }
            }
            session["commit"].Open().Run();
        }

        /// <summary>The oldest go: their pages are the first of the file.</summary>
        public void Shrink()
        {
            session["begin"].Open().Run();
            foreach (var id in _rows.Keys.OrderBy(static id => Math.Abs(id)).Take(_rows.Count / 2).ToArray())
            {
                Remove(id);
            }
            session["commit"].Open().Run();
        }

        public void Check(Session from)
        {
            using var check = from.Open("check");
            Assert.True(check.Next());
            Assert.Equal("ok", check.Text(0));
            Dictionary<long, (string, string)> found = [];
            using var read = from.Open("read");
            while (read.Next())
            {
                found.Add(read.Long(0), (read.Text(1), read.Text(2)));
            }
            Assert.Equal(_rows, found);
        }

        private void Add()
        {
            var id = random.Next(2) == 0 ? ++_last : -++_last;
            var key = random.NextInt64(1L << 60, long.MaxValue).ToString("x16", CultureInfo.InvariantCulture);
            var body = string.Concat(Enumerable.Repeat(key, random.Next(20) == 0 ? random.Next(2_000) : random.Next(20)));
            session["add"].Open().Add(id).Add(key).Add(body).Run();
            session["add_key"].Open().Add(key).Add(id).Run();
            _rows.Add(id, (key, body));
        }

        private void Remove(long id)
        {
            var (key, _) = _rows[id];
            session["remove"].Open().Add(id).Run();
            session["remove_key"].Open().Add(key).Run();
            _rows.Remove(id);
            Deleted.Add(key);
        }
    }
}
