using Npgsql;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Storage;

/// <summary>
/// Grain state in a table of a PostgreSQL database: a write that has returned survives the process and the machine. A statement or
/// connection that takes longer than 5 seconds fails.
/// </summary>
internal sealed class PostgresGrainStorage : JsonGrainStorage, IDisposable
{
    private const int TimeoutSeconds = 5;
    private const int Connections = 4;
    // Two processes that start at once may not both make the table: the lock is "Grains" in ASCII.
    private const string Schema = """
        SELECT pg_advisory_xact_lock(x'477261696E73'::bigint);
        CREATE TABLE IF NOT EXISTS grain_state (
            grain_type text COLLATE "C" NOT NULL, grain_key text COLLATE "C" NOT NULL, state_name text COLLATE "C" NOT NULL,
            payload bytea NOT NULL, etag text NOT NULL,
            PRIMARY KEY (grain_type, grain_key, state_name));
        """;

    private const string Key = "grain_type = $1 AND grain_key = $2 AND state_name = $3";
    private readonly NpgsqlDataSource _database;
    private volatile bool _hasTable;

    public PostgresGrainStorage(string connectionString, StateJson json)
        : base(json) => _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "Conclude grains",
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
            MaxPoolSize = Connections,
        });

    public void Dispose() => _database.Dispose();

    protected override async Task<StoredRecord?> LoadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        await MakeTableAsync();
        await using var load = Command(stateName, grainId, $"SELECT payload, etag FROM grain_state WHERE {Key}");
        await using var row = await load.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? new(await row.GetFieldValueAsync<byte[]>(0, cancellationToken), row.GetString(1)) : null;
    }

    // A started write is never given up: whether it was written must be known.
    protected override async Task SaveAsync(string stateName, GrainId grainId, StoredRecord next, string? expectedEtag, CancellationToken cancellationToken)
    {
        await MakeTableAsync();
        await using var save = Command(stateName, grainId, expectedEtag is null
            ? "INSERT INTO grain_state (grain_type, grain_key, state_name, payload, etag) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
            : $"UPDATE grain_state SET payload = $4, etag = $5 WHERE {Key} AND etag = $6");
        save.Parameters.Add(new() { Value = next.Payload });
        save.Parameters.Add(new() { Value = next.Etag });
        if (expectedEtag is not null)
        {
            save.Parameters.Add(new() { Value = expectedEtag });
        }

        await RequireOneAsync(await save.ExecuteNonQueryAsync(CancellationToken.None), stateName, grainId, expectedEtag);
    }

    protected override async Task DeleteAsync(string stateName, GrainId grainId, string? expectedEtag, CancellationToken cancellationToken)
    {
        if (expectedEtag is null)
        {
            if (await LoadAsync(stateName, grainId, cancellationToken) is { } stored)
            {
                throw Conflict(stateName, grainId, stored.Etag, expectedEtag);
            }

            return;
        }

        await MakeTableAsync();
        await using var delete = Command(stateName, grainId, $"DELETE FROM grain_state WHERE {Key} AND etag = $4");
        delete.Parameters.Add(new() { Value = expectedEtag });
        await RequireOneAsync(await delete.ExecuteNonQueryAsync(CancellationToken.None), stateName, grainId, expectedEtag);
    }

    private async Task RequireOneAsync(int rows, string stateName, GrainId grainId, string? expectedEtag)
    {
        if (rows != 1)
        {
            throw Conflict(stateName, grainId, (await LoadAsync(stateName, grainId, CancellationToken.None))?.Etag, expectedEtag);
        }
    }

    private NpgsqlCommand Command(string stateName, GrainId grainId, string sql)
    {
        var command = _database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = grainId.Type.ToString() });
        command.Parameters.Add(new() { Value = grainId.Key.ToString() });
        command.Parameters.Add(new() { Value = stateName });
        return command;
    }

    // At the first use and not before, so that the host can say in a line that the database does not answer.
    private async Task MakeTableAsync()
    {
        if (!_hasTable)
        {
            await using var schema = _database.CreateBatch();
            foreach (var statement in Schema.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                schema.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }

            await schema.ExecuteNonQueryAsync(CancellationToken.None);
            _hasTable = true;
        }
    }
}
