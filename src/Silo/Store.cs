using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;

namespace Conclude.Silo;

/// <summary>Which store: PostgreSQL where a connection string names a database, else SQLite in the data directory.</summary>
internal static class Store
{
    private const string Name = "Conclude";

    // The ledger's readers, and a little for whoever waits for them.
    private const int BlockedThreads = 6;

    /// <summary><c>ConnectionStrings:Conclude</c>, as Npgsql takes it; null when there is none.</summary>
    public static string? ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString(Name) is { Length: > 0 } set ? set : null;

    /// <param name="alone">No other process may write to the store meanwhile.</param>
    public static void AddLedger(this WebApplicationBuilder builder, DirectoryInfo data, bool alone)
    {
        if (ConnectionString(builder.Configuration) is { } database)
        {
            KeepThreadsForReaders();
            builder.Services.AddPostgresLedger(database, ledger => ledger.SingleProcess = alone);
        }
        else
        {
            builder.Services.AddSqliteLedger(data.FullName);
        }
    }

    /// <summary>
    /// Readers of PostgreSQL hold a thread of the pool while they wait for the network. Beyond its minimum, the number of processors, the
    /// pool adds one or two threads a second: after a start under load on two processors everybody waited three seconds for that.
    /// </summary>
    private static void KeepThreadsForReaders()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + BlockedThreads, ports);
    }
}
