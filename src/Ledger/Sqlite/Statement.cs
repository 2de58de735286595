using System.Text;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// A prepared statement, used over and over: <see cref="Open"/>, add the parameters in order, then <see cref="Run"/> or
/// <see cref="Next"/>. Disposing ends one use, not the statement. Straight on SQLite's own calls, because an ADO command looks up
/// every parameter by name and allocates a reader at each execution.
/// </summary>
internal sealed class Statement(sqlite3 db, sqlite3_stmt prepared) : Query
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

    public override Statement Add(long value) => Bind(value);

    public Statement Add(long? value) => value is { } known ? Bind(known) : Bound(raw.sqlite3_bind_null(prepared, ++_bound));

    public Statement Add(bool value) => Bind(value ? 1 : 0);

    public override Statement Add(DateTimeOffset value) => Add(UtcTime.Ms(value));

    public Statement Add(DateTimeOffset? value) => Add(value is { } known ? UtcTime.Ms(known) : (long?)null);

    public override Statement Add(Guid value) => Bind(value);

    public Statement Add(Guid? value) => value is { } known ? Bind(known) : Add((long?)null);

    public Statement Add(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(prepared, ++_bound, value));

    public override Statement Add(string? value)
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

    public override bool Next()
    {
        var code = raw.sqlite3_step(prepared);
        Check(code, db);
        return code == raw.SQLITE_ROW;
    }

    public override int Run()
    {
        while (Next())
        {
        }
        raw.sqlite3_reset(prepared);
        return raw.sqlite3_changes(db);
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    public override long Long(int column) => raw.sqlite3_column_int64(prepared, column);

    public override bool Bool(int column) => Long(column) != 0;

    public override Guid Guid(int column) => new(raw.sqlite3_column_blob(prepared, column), bigEndian: true);

    public override string Text(int column) => raw.sqlite3_column_text(prepared, column).utf8_to_string();

    /// <summary>Ends this use, so that no read transaction stays open.</summary>
    public override void Dispose() => raw.sqlite3_reset(prepared);

    /// <summary>Ends the statement.</summary>
    public void Close() => prepared.Dispose();

    // Named apart from Add: among overloads the compiler passes over one that overrides, and would choose its own caller.
    private Statement Bind(long value) => Bound(raw.sqlite3_bind_int64(prepared, ++_bound, value));

    private Statement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Add(bytes);
    }

    private Statement Bound(int code)
    {
        Check(code, db);
        return this;
    }
}
