using Microsoft.Data.Sqlite;

namespace Conclude.Bench.Runner;

/// <summary>What one contender keeps, looked at beside it.</summary>
/// <param name="database">Of PostgreSQL; empty where it is not used.</param>
/// <param name="folder">Where SQLite's file is.</param>
internal sealed class ServerStore(Contender contender, PostgresCluster? postgres, string database, string folder)
{
    public PostgresCluster? Postgres => postgres;

    public string Database => database;

    /// <summary>SQLite's.</summary>
    public string File => Path.Combine(folder, contender.IsProduct ? "conclude.db" : "events.db");

    /// <summary>PostgreSQL's; null where it is not used.</summary>
    public string? ConnectionString => database.Length == 0 ? null : postgres!.ConnectionString(database);

    /// <summary>Events.</summary>
    public async Task<long> Rows()
    {
        const string Count = "SELECT count(*) FROM events";
        if (contender.Store == Store.Postgres)
        {
            return await postgres!.Number(database, Count);
        }

        await using var connection = await OpenFile();
        await using var command = connection.CreateCommand();
        command.CommandText = Count;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What it takes on disk.</summary>
    public async Task<long> Bytes()
    {
        switch (contender.Store)
        {
            case Store.Postgres:
                return await postgres!.Number(database, "SELECT pg_database_size(current_database())");
            case Store.Sqlite:
                // The write-ahead log is used over and over; what counts is the database with the log in it.
                await using (var connection = await OpenFile())
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(PASSIVE)";
                    await command.ExecuteNonQueryAsync();
                }

                return new FileInfo(File).Length;
            default:
                return 0;
        }
    }

    private async Task<SqliteConnection> OpenFile()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
