using System.Text;
using Conclude.Ledger.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// A prepared statement, used over and over: <see cref="Open"/>, add the parameters in order, then <see cref="Run"/> or
/// <see cref="Next"/>. Disposing ends one use, not the statement. Straight on SQLite's own calls, because an ADO command looks up
/// every parameter by name and allocates a reader at each execution.
/// </summary>
internal sealed class Statement(sqlite3 db, sqlite3_stmt prepared) : IDisposable
{
    private const int StackBytes = 512;
    private int _bound;

    public static Statement Prepare(sqlite3 db, string sql)
    {
        Check(raw.sqlite3_prepare_v2(db, sql, out var prepared), db);
        return new Statement(db, prepared);
    }

    public static void Check(int code, sqlite3 db)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, db);
        }
    }

    /// <summary>Starts a use; one that was broken off by an exception is forgotten.</summary>
    public Statement Open()
    {
        raw.sqlite3_reset(prepared);
        _bound = 0;
        return this;
    }

    public Statement Add(long value) => Bound(raw.sqlite3_bind_int64(prepared, ++_bound, value));

    public Statement Add(long? value) => value is { } known ? Add(known) : Bound(raw.sqlite3_bind_null(prepared, ++_bound));

    public Statement Add(bool value) => Add(value ? 1 : 0);

    public Statement Add(DateTimeOffset value) => Add(UtcTime.Ms(value));

    public Statement Add(DateTimeOffset? value) => Add(value is { } known ? UtcTime.Ms(known) : (long?)null);

    public Statement Add(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Add(bytes);
    }

    public Statement Add(Guid? value) => value is { } known ? Add(known) : Add((long?)null);

    public Statement Add(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(prepared, ++_bound, value));

    public Statement Add(string? value)
    {
        if (value is null)
        {
            return Add((long?)null);
        }
        // An empty span has no address, which SQLite would take for null.
        if (value.Length is 0 or > StackBytes / 3)
        {
            return Bound(raw.sqlite3_bind_text(prepared, ++_bound, value));
        }
        Span<byte> utf8 = stackalloc byte[StackBytes];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        return Bound(raw.sqlite3_bind_text(prepared, ++_bound, (ReadOnlySpan<byte>)utf8[..length]));
    }

    public Statement Add(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
        return this;
    }

    /// <summary>Moves to the next row, if there is one.</summary>
    public bool Next()
    {
        var code = raw.sqlite3_step(prepared);
        Check(code, db);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Executes a statement whose rows, if any, do not matter.</summary>
    /// <returns>How many rows were inserted, updated or deleted.</returns>
    public int Run()
    {
        while (Next())
        {
        }
        raw.sqlite3_reset(prepared);
        return raw.sqlite3_changes(db);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(prepared, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    /// <summary>Integers from the column on; null reads as 0.</summary>
    public long[] Longs(int column, int count)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Long(column + i);
        }
        return values;
    }

    public bool Bool(int column) => Long(column) != 0;

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(prepared, column), bigEndian: true);

    public string Text(int column) => raw.sqlite3_column_text(prepared, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Time(int column) => UtcTime.Of(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>The counters that start at the column.</summary>
    public Counters Counters(int column) => CounterColumns.Read(Longs(column, CounterColumns.Count));

    /// <summary>Ends this use, so that no read transaction stays open.</summary>
    public void Dispose() => raw.sqlite3_reset(prepared);

    /// <summary>Ends the statement.</summary>
    public void Close() => prepared.Dispose();

    private Statement Bound(int code)
    {
        Check(code, db);
        return this;
    }
}
