using Conclude.Ledger.Reading;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Statements that travel together: one round trip, each with arrays for parameters.</summary>
internal sealed class Pipeline(NpgsqlConnection connection, TimeSpan timeout) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection) { Timeout = (int)timeout.TotalSeconds };
    private readonly List<(string Name, int? Rows, Action<Query>? Read)> _statements = [];

    /// <param name="read">Called for each row that comes back; null for a statement that returns none.</param>
    /// <param name="rows">How many rows it must insert, change or return; null when any number will do.</param>
    public Pipeline Then(string name, Action<Query>? read = null, int? rows = null)
    {
        _batch.BatchCommands.Add(new NpgsqlBatchCommand(Dialect.Write[name]));
        _statements.Add((name, rows, read));
        return this;
    }

    public Pipeline Add<T>(IEnumerable<T> values) => Add(new NpgsqlParameter<T[]> { TypedValue = [.. values] });

    public Pipeline Add(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

    /// <exception cref="StoreMovedException">A statement met another number of rows than it must.</exception>
    public void Run()
    {
        if (_statements.Count == 0)
        {
            return;
        }
        using (var rows = _batch.ExecuteReader())
        {
            PostgresQuery row = new(rows);
            foreach (var (_, _, read) in _statements.Where(static s => s.Read is not null))
            {
                while (rows.Read())
                {
                    read!(row);
                }
                rows.NextResult();
            }
        }
        for (var i = 0; i < _statements.Count; i++)
        {
            var (name, expected, _) = _statements[i];
            if (expected is { } count && _batch.BatchCommands[i].RecordsAffected != count)
            {
                throw new StoreMovedException(name);
            }
        }
    }

    public void Dispose() => _batch.Dispose();

    private Pipeline Add(NpgsqlParameter parameter)
    {
        _batch.BatchCommands[^1].Parameters.Add(parameter);
        return this;
    }
}
