using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Storage;

/// <summary>
/// Grain state in a SQLite file of its own (WAL, synchronous=FULL): a write that has returned survives the process and the
/// machine. One connection, one operation at a time, on the thread pool. A locked file is waited for, at most 5 seconds.
/// </summary>
internal sealed class SqliteGrainStorage(string path, StateJson json) : JsonGrainStorage(json), IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS grain_state (
            grain_type TEXT NOT NULL, grain_key TEXT NOT NULL, state_name TEXT NOT NULL, payload BLOB NOT NULL, etag TEXT NOT NULL,
            PRIMARY KEY (grain_type, grain_key, state_name)) WITHOUT ROWID;
        """;

    private const string Key = "grain_type = $type AND grain_key = $key AND state_name = $name";
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _connection;

    public void Dispose()
    {
        _connection?.Dispose();
        _turn.Dispose();
    }

    protected override Task<StoredRecord?> LoadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken) =>
        RunAsync(connection => Load(connection, stateName, grainId), cancellationToken);

    protected override Task SaveAsync(string stateName, GrainId grainId, StoredRecord next, string? expectedEtag, CancellationToken cancellationToken) =>
        RunAsync(
            connection =>
            {
                using var save = Command(connection, stateName, grainId, expectedEtag is null
                    ? "INSERT INTO grain_state (grain_type, grain_key, state_name, payload, etag) VALUES ($type, $key, $name, $payload, $next) ON CONFLICT DO NOTHING"
                    : $"UPDATE grain_state SET payload = $payload, etag = $next WHERE {Key} AND etag = $etag");
                save.Parameters.AddWithValue("$payload", next.Payload);
                save.Parameters.AddWithValue("$next", next.Etag);
                save.Parameters.AddWithValue("$etag", (object?)expectedEtag ?? DBNull.Value);
                return RequireOne(save.ExecuteNonQuery(), connection, stateName, grainId, expectedEtag);
            },
            cancellationToken);

    protected override Task DeleteAsync(string stateName, GrainId grainId, string? expectedEtag, CancellationToken cancellationToken) =>
        RunAsync(
            connection =>
            {
                if (expectedEtag is null)
                {
                    return Load(connection, stateName, grainId) is { } stored ? throw Conflict(stateName, grainId, stored.Etag, expectedEtag) : true;
                }

                using var delete = Command(connection, stateName, grainId, $"DELETE FROM grain_state WHERE {Key} AND etag = $etag");
                delete.Parameters.AddWithValue("$etag", expectedEtag);
                return RequireOne(delete.ExecuteNonQuery(), connection, stateName, grainId, expectedEtag);
            },
            cancellationToken);

    private static bool RequireOne(int rows, SqliteConnection connection, string stateName, GrainId grainId, string? expectedEtag) =>
        rows == 1 ? true : throw Conflict(stateName, grainId, Load(connection, stateName, grainId)?.Etag, expectedEtag);

    private static StoredRecord? Load(SqliteConnection connection, string stateName, GrainId grainId)
    {
        using var load = Command(connection, stateName, grainId, $"SELECT payload, etag FROM grain_state WHERE {Key}");
        using var row = load.ExecuteReader();
        return row.Read() ? new(row.GetFieldValue<byte[]>(0), row.GetString(1)) : null;
    }

    private static SqliteCommand Command(SqliteConnection connection, string stateName, GrainId grainId, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$type", grainId.Type.ToString());
        command.Parameters.AddWithValue("$key", grainId.Key.ToString());
        command.Parameters.AddWithValue("$name", stateName);
        return command;
    }

    private async Task<TResult> RunAsync<TResult>(Func<SqliteConnection, TResult> operation, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A started statement is never given up: whether it was written must be known.
            return await Task.Run(() => operation(_connection ??= Open()), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private SqliteConnection Open()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            using var schema = connection.CreateCommand();
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
