using System.Collections.Frozen;
using Conclude.Ledger.Reading;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Named statements on one connection, inside one transaction.</summary>
/// <param name="timeout">Of each statement; zero is none.</param>
internal sealed class PostgresQueries(NpgsqlConnection connection, FrozenDictionary<string, string> statements, TimeSpan timeout) : IQueries, IDisposable
{
    private volatile NpgsqlCommand? _current;

    public Query Open(string name)
    {
        NpgsqlCommand command = new(statements[name], connection) { CommandTimeout = (int)timeout.TotalSeconds };
        _current = command;
        return new PostgresQuery(command);
    }

    /// <summary>Breaks off what runs now; any thread.</summary>
    public void Cancel() => _current?.Cancel();

    public void Dispose() => _current = null;
}
