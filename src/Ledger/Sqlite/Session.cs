using System.Collections.Frozen;
using Conclude.Ledger.Reading;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>One connection with the statements of one SQL file, each prepared at its first use. Used by one thread at a time.</summary>
internal sealed class Session : IQueries, IDisposable
{
    private readonly FrozenDictionary<string, string> _sql;
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    static Session() => Batteries_V2.Init();

    private Session(sqlite3 db, FrozenDictionary<string, string> sql)
    {
        Db = db;
        _sql = sql;
    }

    public sqlite3 Db { get; }

    public Statement this[string name] =>
        _prepared.TryGetValue(name, out var statement) ? statement : _prepared[name] = Statement.Prepare(Db, _sql[name]);

    public Query Open(string name) => this[name].Open();

    /// <param name="mode">SQLite's open flags.</param>
    /// <param name="sql">Statements by name.</param>
    /// <param name="pragmas">Executed once, at the start.</param>
    public static Session Open(string file, int mode, FrozenDictionary<string, string> sql, TimeSpan busyTimeout, string pragmas)
    {
        // NOMUTEX: the owner sees to it that no two threads use the connection at once.
        var code = raw.sqlite3_open_v2(file, out var db, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Statement.Check(code, db);
            Statement.Check(raw.sqlite3_busy_timeout(db, (int)busyTimeout.TotalMilliseconds), db);
            Session session = new(db, sql);
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>Executes a script of one or more statements.</summary>
    public void Execute(string script) => Statement.Check(raw.sqlite3_exec(Db, script), Db);

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Close();
        }
        Db.Dispose();
    }
}
