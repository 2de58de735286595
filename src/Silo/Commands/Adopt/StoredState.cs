using Microsoft.Data.Sqlite;
using Npgsql;

namespace Conclude.Silo.Commands.Adopt;

/// <summary>What the one-process engine stored of a grain: a row of its <c>grain_state</c>.</summary>
/// <param name="Name">Of the state: tenant, key, account.</param>
/// <param name="Key">Of the grain.</param>
/// <param name="Json">By member names.</param>
internal sealed record StoredState(string Name, string Key, byte[] Json)
{
    private const string File = "grains.db";
    private const string All = "SELECT state_name, grain_key, payload FROM grain_state ORDER BY state_name, grain_key";

    /// <param name="directory">A data directory.</param>
    public static async IAsyncEnumerable<StoredState> InDirectory(string directory)
    {
        var path = Path.Combine(directory, File);
        if (!System.IO.File.Exists(path))
        {
            yield break;
        }

        await using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using SqliteCommand read = new(All, connection);
        await using var row = await read.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            yield return new StoredState(row.GetString(0), row.GetString(1), await row.GetFieldValueAsync<byte[]>(2));
        }
    }

    /// <param name="database">A connection string.</param>
    public static async IAsyncEnumerable<StoredState> InDatabase(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using (var exists = source.CreateCommand("SELECT to_regclass('grain_state') IS NOT NULL"))
        {
            if (await exists.ExecuteScalarAsync() is not true)
            {
                yield break;
            }
        }

        await using var read = source.CreateCommand(All);
        await using var row = await read.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            yield return new StoredState(row.GetString(0), row.GetString(1), await row.GetFieldValueAsync<byte[]>(2));
        }
    }
}
