using System.Collections.Concurrent;
using Conclude.Bench.Service;
using Npgsql;

namespace Conclude.Bench.Handwritten;

/// <summary>A careful service without a queue: pooled connections, prepared statements, one round trip and one commit a request.</summary>
internal sealed class PostgresPerRequest : IEventStore
{
    private readonly ConcurrentDictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly NpgsqlDataSource _pool;
    private readonly string _append;

    private PostgresPerRequest(IServiceSettings settings)
    {
        NpgsqlConnectionStringBuilder connection = new(settings.Database)
        {
            // More would wait for the same rows and the same flush; 16 is where pools of this kind usually end up on a few cores.
            MaxPoolSize = settings.Connections,
            MinPoolSize = settings.Connections,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 1,
            NoResetOnClose = true,
            Options = "-c jit=off",
        };
        _pool = NpgsqlDataSource.Create(connection);
        _append = PostgresTables.Append(settings.Shape);
    }

    public static async Task<IEventStore> Open(IServiceSettings settings)
    {
        PostgresPerRequest store = new(settings);
        await using var command = store._pool.CreateCommand(PostgresTables.Schema(settings.Shape));
        await command.ExecuteNonQueryAsync();
        return store;
    }

    public async ValueTask<int> Append(EventsRequest request)
    {
        var events = request.Events!;
        var (ids, names, users) = (new Guid[events.Length], new int[events.Length], new string[events.Length]);
        var (times, receipts) = (new long[events.Length], new long[events.Length]);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < events.Length; i++)
        {
            ids[i] = events[i].Id;
            names[i] = _names.TryGetValue(events[i].Name, out var known) ? known : await Intern(events[i].Name);
            users[i] = request.UserKey;
            times[i] = events[i].At.ToUnixTimeMilliseconds();
            receipts[i] = now;
        }

        await using var connection = await _pool.OpenConnectionAsync();
        await using NpgsqlCommand command = new(_append, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = ids },
                new NpgsqlParameter<int[]> { TypedValue = names },
                new NpgsqlParameter<string[]> { TypedValue = users },
                new NpgsqlParameter<long[]> { TypedValue = times },
                new NpgsqlParameter<long[]> { TypedValue = receipts },
            },
        };
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (int)row.GetInt64(0);
    }

    public async Task<StoredCount> Count()
    {
        await using var command = _pool.CreateCommand(PostgresTables.Count);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new StoredCount(row.GetInt64(0), row.GetInt64(1));
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<int> Intern(string name)
    {
        await using var command = _pool.CreateCommand(PostgresTables.Intern);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return _names[name] = (int)(await command.ExecuteScalarAsync())!;
    }
}
