using Conclude.Ledger.Reading;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>A statement, executed when its first row is asked for.</summary>
internal sealed class PostgresQuery : Query
{
    private readonly NpgsqlCommand _command;
    private NpgsqlDataReader? _rows;

    public PostgresQuery(NpgsqlCommand command) => _command = command;

    /// <summary>The rows of a statement that somebody else executed and goes through.</summary>
    public PostgresQuery(NpgsqlDataReader rows) => (_command, _rows) = (new NpgsqlCommand(), rows);

    public override Query Add(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

    public override Query Add(string? value) => Add(new NpgsqlParameter<string?> { TypedValue = value });

    public override Query Add(Guid value) => Add(new NpgsqlParameter<Guid> { TypedValue = value });

    public override int Run() => _command.ExecuteNonQuery();

    public override bool Next() => (_rows ??= _command.ExecuteReader()).Read();

    public override bool IsNull(int column) => _rows!.IsDBNull(column);

    public override long Long(int column) => IsNull(column) ? 0 : _rows!.GetInt64(column);

    public override bool Bool(int column) => _rows!.GetBoolean(column);

    public override Guid Guid(int column) => _rows!.GetGuid(column);

    public override string Text(int column) => _rows!.GetString(column);

    public override void Dispose()
    {
        _rows?.Dispose();
        _command.Dispose();
    }

    private PostgresQuery Add(NpgsqlParameter parameter)
    {
        _command.Parameters.Add(parameter);
        return this;
    }
}
