using System.Text;
using SQLitePCL;

namespace Conclude.Bench.GroupCommit;

/// <summary>A prepared statement on SQLite's own calls.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _prepared;
    private int _bound;

    public SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v2(db, sql, out _prepared), db);
    }

    public static void Check(int code, sqlite3 db)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException($"SQLite: {raw.sqlite3_errmsg(db).utf8_to_string()}");
        }
    }

    public SqliteStatement Add(long value)
    {
        Check(raw.sqlite3_bind_int64(_prepared, ++_bound, value), _db);
        return this;
    }

    public SqliteStatement Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_prepared, ++_bound, bytes), _db);
        return this;
    }

    /// <param name="value">1–200 characters.</param>
    public SqliteStatement Add(ReadOnlySpan<char> value)
    {
        Span<byte> utf8 = stackalloc byte[600];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        Check(raw.sqlite3_bind_text(_prepared, ++_bound, (ReadOnlySpan<byte>)utf8[..length]), _db);
        return this;
    }

    /// <returns>How many rows were inserted or changed.</returns>
    public int Run()
    {
        Step();
        Reset();
        return raw.sqlite3_changes(_db);
    }

    /// <summary>The first row's columns, all integers.</summary>
    public (long First, long Second) Row(int columns)
    {
        Step();
        var row = (raw.sqlite3_column_int64(_prepared, 0), columns > 1 ? raw.sqlite3_column_int64(_prepared, 1) : 0);
        Reset();
        return row;
    }

    public void Dispose() => _prepared.Dispose();

    private void Step() => Check(raw.sqlite3_step(_prepared), _db);

    private void Reset()
    {
        raw.sqlite3_reset(_prepared);
        _bound = 0;
    }
}
