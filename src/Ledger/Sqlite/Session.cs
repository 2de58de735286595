using System.Collections.Frozen;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>One connection with the statements of one SQL file, each prepared at its first use.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly FrozenDictionary<string, string> _sql;
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    private Session(SqliteConnection connection, FrozenDictionary<string, string> sql)
    {
        _connection = connection;
        _sql = sql;
        Db = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
    }

    public sqlite3 Db { get; }

    public Statement this[string name] =>
        _prepared.TryGetValue(name, out var statement) ? statement : _prepared[name] = Statement.Prepare(Db, _sql[name]);

    /// <param name="sql">Statements by name.</param>
    /// <param name="pragmas">Executed once, at the start.</param>
    public static Session Open(string file, SqliteOpenMode mode, FrozenDictionary<string, string> sql, TimeSpan busyTimeout, string pragmas)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Session session = new(connection, sql);
            Statement.Check(raw.sqlite3_busy_timeout(session.Db, (int)busyTimeout.TotalMilliseconds), session.Db);
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            connection.Dispose();
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
        _connection.Dispose();
    }
}
