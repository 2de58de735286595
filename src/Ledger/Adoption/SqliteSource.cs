using System.Globalization;
using Conclude.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Conclude.Ledger.Adoption;

/// <summary>The ledger in a data directory, which is held meanwhile.</summary>
internal sealed class SqliteSource : ISourceTables
{
    private readonly DataDirectory _held;
    private readonly SqliteConnection _connection;

    /// <exception cref="AdoptionRefusedException">There is no ledger in the directory.</exception>
    /// <exception cref="DataDirectoryInUseException">A host works on it.</exception>
    public SqliteSource(string directory, TimeSpan busyTimeout)
    {
        if (!File.Exists(DataDirectory.DatabaseIn(directory)))
        {
            throw new AdoptionRefusedException($"There is no installation in {Path.GetFullPath(directory)}.");
        }
        _held = DataDirectory.Take(directory);
        try
        {
            Migrator.Run(_held.Database, busyTimeout);
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _held.Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            _connection.Open();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name => Path.GetDirectoryName(_held.Database)!;

    public long Count(AdoptedTable table) => Scalar($"SELECT count(*) FROM {table.Name}");

    public long Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public List<object?[]> Read(AdoptedTable table, object[]? after, int rows)
    {
        using var command = _connection.CreateCommand();
        var columns = string.Join(", ", table.Columns.Select(static c => c.OnSqlite ?? c.Name));
        var next = after is null ? "" : $"WHERE ({table.KeyList}) > ({string.Join(", ", after.Select(static (_, i) => $"?{i + 1}"))})";
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT {columns} FROM {table.Name} {next} ORDER BY {table.KeyList} LIMIT {rows}");
        foreach (var (value, i) in (after ?? []).Select(static (value, i) => (value, i)))
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"?{i + 1}"), value is Guid id ? id.ToByteArray(bigEndian: true) : value);
        }
        List<object?[]> page = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            page.Add([.. table.Columns.Select((column, i) => reader.IsDBNull(i) ? null : Value(reader, i, column.Kind))]);
        }
        return page;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _held.Dispose();
    }

    private static object Value(SqliteDataReader row, int column, ColumnKind kind) => kind switch
    {
        ColumnKind.Small => checked((short)row.GetInt64(column)),
        ColumnKind.Integer => checked((int)row.GetInt64(column)),
        ColumnKind.Big => row.GetInt64(column),
        ColumnKind.Truth => row.GetInt64(column) != 0,
        ColumnKind.Uuid => new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true),
        _ => row.GetString(column),
    };
}
