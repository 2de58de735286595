using Npgsql;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>The cluster's connections to the database that the ledger writes to.</summary>
internal static class ClusterDatabase
{
    private const int TimeoutSeconds = 5;
    private const int MaxConnections = 8;

    public static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "Conclude cluster",
        Timeout = TimeoutSeconds,
        CommandTimeout = TimeoutSeconds,
        MaxPoolSize = MaxConnections,
        Enlist = false,
    });
}
