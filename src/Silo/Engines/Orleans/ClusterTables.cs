using Conclude.Ledger;
using Conclude.Ledger.Postgres;
using Npgsql;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>
/// Makes what the cluster keeps in the database, one numbered step at a time, forward only, before the silo starts; silos that start at
/// once take turns.
/// </summary>
internal sealed class ClusterTables(NpgsqlDataSource database) : IHostedLifecycleService
{
    private const string Folder = "Cluster/";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Waits for another silo that makes them.
        await Run(connection, $"SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({AdvisoryLocks.Cluster})::text", cancellationToken);
        await Run(connection, "CREATE TABLE IF NOT EXISTS cluster_schema(version bigint NOT NULL)", cancellationToken);
        var version = await Run(connection, "SELECT coalesce(max(version), 0) FROM cluster_schema", cancellationToken) is long found ? found : 0;
        var steps = Steps();
        if (version > steps[^1].Version)
        {
            throw new NewerStoreException((int)version, steps[^1].Version);
        }

        foreach (var (next, resource) in steps.Where(s => s.Version > version))
        {
            await Run(connection, await Read(resource, cancellationToken), cancellationToken);
            await Run(connection, $"DELETE FROM cluster_schema; INSERT INTO cluster_schema(version) VALUES ({next})", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static (int Version, string Resource)[] Steps() =>
    [
        .. typeof(ClusterTables).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => (int.Parse(name[Folder.Length..].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture), name)),
    ];

    private static async Task<string> Read(string resource, CancellationToken cancellation)
    {
        await using var stream = typeof(ClusterTables).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation);
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellation);
    }
}
