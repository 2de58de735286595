using System.Globalization;
using Conclude.Ledger.Postgres;
using Npgsql;

namespace Conclude.Ledger.Adoption;

/// <summary>The ledger in another PostgreSQL database, which is held meanwhile.</summary>
internal sealed class PostgresSource : ISourceTables
{
    private readonly ProcessLock _held;
    private readonly NpgsqlConnection _connection;

    /// <exception cref="AdoptionRefusedException">There is no ledger in the database.</exception>
    /// <exception cref="DatabaseInUseException">A host works on it.</exception>
    public PostgresSource(Connections connections)
    {
        Name = connections.Name;
        if (Migrator.IsEmpty(connections))
        {
            throw new AdoptionRefusedException($"There is no installation in {connections.Name}.");
        }
        _held = new ProcessLock(connections, shared: false);
        try
        {
            _held.Take();
            Migrator.Run(connections);
            _connection = connections.OpenReader();
            Connections.Execute(_connection, "SET enable_seqscan = off");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public long Count(AdoptedTable table) => Scalar($"SELECT count(*) FROM {table.Name}");

    public long Scalar(string sql)
    {
        using NpgsqlCommand command = new(sql, _connection) { CommandTimeout = 0 };
        return command.ExecuteScalar() is { } number and not DBNull ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : 0;
    }

    public List<object?[]> Read(AdoptedTable table, object[]? after, int rows)
    {
        var columns = string.Join(", ", table.Columns.Select(static c => c.Name));
        var next = after is null ? "" : $"WHERE ({table.KeyList}) > ({string.Join(", ", after.Select(static (_, i) => $"${i + 1}"))})";
        using NpgsqlCommand command = new(
            string.Create(CultureInfo.InvariantCulture, $"SELECT {columns} FROM {table.Name} {next} ORDER BY {table.KeyList} LIMIT {rows}"), _connection)
        { CommandTimeout = 0 };
        foreach (var value in after ?? [])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        List<object?[]> page = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            page.Add([.. table.Columns.Select((_, i) => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }
        return page;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _held.Dispose();
    }
}
