using System.Globalization;
using Conclude.Ledger.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Conclude.Ledger.Adoption;

/// <summary>The database that takes an installation in: rows, and how far that has come, in the same transactions.</summary>
internal sealed class AdoptionTarget : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS conclude_adoption(source text NOT NULL, stamp text NOT NULL, finished boolean NOT NULL);
        CREATE TABLE IF NOT EXISTS conclude_adoption_tables(name text PRIMARY KEY, after text[] NOT NULL, rows bigint NOT NULL, done boolean NOT NULL)
        """;

    private readonly ProcessLock _held;
    private readonly NpgsqlConnection _connection;

    /// <exception cref="DatabaseInUseException">A host works on it.</exception>
    public AdoptionTarget(Connections connections)
    {
        _held = new ProcessLock(connections, shared: false);
        try
        {
            _held.Take();
            Migrator.Run(connections, evenUnfinished: true);
            _connection = connections.OpenReader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Begins, or goes on with what an earlier run left.</summary>
    /// <param name="stamp">Changes with anything that a host does to the source.</param>
    /// <returns>False when all rows are there already.</returns>
    /// <exception cref="AdoptionRefusedException">The database holds something else.</exception>
    public bool Begin(string source, string stamp)
    {
        using var transaction = _connection.BeginTransaction();
        Run(Schema);
        using (NpgsqlCommand begun = new("SELECT source, stamp, finished FROM conclude_adoption", _connection))
        using (var row = begun.ExecuteReader())
        {
            if (row.Read())
            {
                return (row.GetString(0), row.GetString(1)) == (source, stamp)
                    ? !row.GetBoolean(2)
                    : throw new AdoptionRefusedException(row.GetString(0) == source
                        ? $"{source} was worked on since its adoption began: start again with an empty database."
                        : $"The database holds part of {row.GetString(0)}: go on with that, or start with an empty database.");
            }
        }
        if (Number("SELECT count(*) FROM workspaces") > 0)
        {
            throw new AdoptionRefusedException("The database holds workspaces already: adopt into an empty one.");
        }
        Run("INSERT INTO conclude_adoption(source, stamp, finished) VALUES ($1, $2, false)", source, stamp);
        transaction.Commit();
        return true;
    }

    /// <returns>The key of the last row that is here; how many are; whether they are all.</returns>
    public (object[]? After, long Rows, bool Done) Progress(AdoptedTable table)
    {
        using NpgsqlCommand command = new("SELECT after, rows, done FROM conclude_adoption_tables WHERE name = $1", _connection) { Parameters = { new() { Value = table.Name } } };
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            return (null, 0, false);
        }
        object[] after = [.. row.GetFieldValue<string[]>(0).Zip(table.Key, static (text, column) => Parse(text, column.Kind))];
        return (after.Length == 0 ? null : after, row.GetInt64(1), row.GetBoolean(2));
    }

    /// <param name="page">What comes next; the last page has fewer rows than were asked for.</param>
    public void Append(AdoptedTable table, IReadOnlyList<object?[]> page, bool isLast)
    {
        using var transaction = _connection.BeginTransaction();
        if (page.Count > 0)
        {
            using var copy = _connection.BeginBinaryImport($"COPY {table.Name} ({string.Join(", ", table.Columns.Select(static c => c.Name))}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in page)
            {
                copy.StartRow();
                for (var i = 0; i < row.Length; i++)
                {
                    Write(copy, row[i], table.Columns[i].Kind);
                }
            }
            copy.Complete();
        }
        string[] after = page.Count == 0 ? [] : [.. page[^1].Take(table.KeyColumns).Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)!)];
        Run(
            """
            INSERT INTO conclude_adoption_tables AS t (name, after, rows, done) VALUES ($1, $2, $3, $4)
            ON CONFLICT(name) DO UPDATE SET after = CASE WHEN $3 = 0 THEN t.after ELSE excluded.after END, rows = t.rows + excluded.rows, done = excluded.done
            """,
            table.Name, after, (long)page.Count, isLast);
        transaction.Commit();
    }

    /// <summary>All rows are here: numbers are given out behind theirs, and whoever remembers totals of this database takes these.</summary>
    public void Finish(long epoch, long fence)
    {
        using (var transaction = _connection.BeginTransaction())
        {
            foreach (var table in AdoptedTable.All.Where(static t => t.Identity is not null))
            {
                Run($"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Identity}'), (SELECT coalesce(max({table.Identity}), 0) + 1 FROM {table.Name}), false)");
            }
            Run("UPDATE meta SET value = greatest(value, $1) + 1 WHERE key = 'epoch'", epoch);
            Run("UPDATE meta SET value = greatest(value, $1) WHERE key = 'fence'", fence);
            Run("UPDATE conclude_adoption SET finished = true");
            transaction.Commit();
        }
        Run("ANALYZE");
    }

    /// <summary>The database is a host's from now on.</summary>
    public void Release() => Run("DROP TABLE conclude_adoption_tables; DROP TABLE conclude_adoption");

    public void Dispose()
    {
        _connection?.Dispose();
        _held.Dispose();
    }

    private static object Parse(string text, ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => int.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Big => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Uuid => Guid.Parse(text),
        _ => text,
    };

    private static void Write(NpgsqlBinaryImporter copy, object? value, ColumnKind kind)
    {
        switch (value, kind)
        {
            case (null, _): copy.WriteNull(); break;
            case (_, ColumnKind.Small): copy.Write((short)value, NpgsqlDbType.Smallint); break;
            case (_, ColumnKind.Integer): copy.Write((int)value, NpgsqlDbType.Integer); break;
            case (_, ColumnKind.Big): copy.Write((long)value, NpgsqlDbType.Bigint); break;
            case (_, ColumnKind.Truth): copy.Write((bool)value, NpgsqlDbType.Boolean); break;
            case (_, ColumnKind.Uuid): copy.Write((Guid)value, NpgsqlDbType.Uuid); break;
            default: copy.Write((string)value, NpgsqlDbType.Text); break;
        }
    }

    private long Number(string sql)
    {
        using NpgsqlCommand command = new(sql, _connection) { CommandTimeout = 0 };
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql, params ReadOnlySpan<object> parameters)
    {
        using NpgsqlCommand command = new(sql, _connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }
        command.ExecuteNonQuery();
    }
}
