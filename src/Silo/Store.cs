using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;

namespace Conclude.Silo;

/// <summary>Which store: PostgreSQL where a connection string names a database, else SQLite in the data directory.</summary>
internal static class Store
{
    private const string Name = "Conclude";

    /// <summary><c>ConnectionStrings:Conclude</c>, as Npgsql takes it; null when there is none.</summary>
    public static string? ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString(Name) is { Length: > 0 } set ? set : null;

    public static void AddLedger(this WebApplicationBuilder builder, DirectoryInfo data)
    {
        if (ConnectionString(builder.Configuration) is { } database)
        {
            builder.Services.AddPostgresLedger(database);
        }
        else
        {
            builder.Services.AddSqliteLedger(data.FullName);
        }
    }
}
