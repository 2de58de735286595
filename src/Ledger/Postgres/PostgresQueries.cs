using Conclude.Ledger.Reading;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>The reading statements on one connection, inside one transaction.</summary>
internal sealed class PostgresQueries(NpgsqlConnection connection, TimeSpan timeout) : IQueries, IDisposable
{
    private volatile NpgsqlCommand? _current;

    public Query Open(string name)
    {
        NpgsqlCommand command = new(Dialect.Read[name], connection) { CommandTimeout = (int)timeout.TotalSeconds };
        _current = command;
        return new PostgresQuery(command);
    }

    /// <summary>Breaks off what runs now; any thread.</summary>
    public void Cancel() => _current?.Cancel();

    public void Dispose() => _current = null;
}
