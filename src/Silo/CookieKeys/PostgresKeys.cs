using System.Xml.Linq;
using Conclude.Ledger.Postgres;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Conclude.Silo.CookieKeys;

/// <summary>
/// The keys that sign-ins and forms are protected with, in a table of the database, which is made when missing: whoever opens this
/// database accepts what others on it have handed out. A statement or connection that takes longer than 5 seconds fails.
/// </summary>
internal sealed class PostgresKeys(string connectionString) : IXmlRepository, IDisposable
{
    private const int TimeoutSeconds = 5;

    // Processes that start at once make one table and one first key, not one each.
    private static readonly string Lock = $"SELECT pg_advisory_lock({AdvisoryLocks.CookieKeys})";
    private static readonly string Unlock = $"SELECT pg_advisory_unlock({AdvisoryLocks.CookieKeys})";

    private const string Table = """
        CREATE TABLE IF NOT EXISTS cookie_keys (
            name text COLLATE "C" PRIMARY KEY, xml text NOT NULL, stored_at timestamptz NOT NULL DEFAULT now())
        """;

    private const string Add = "INSERT INTO cookie_keys (name, xml) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    private const string All = "SELECT xml FROM cookie_keys ORDER BY stored_at, name";

    // Opened at the first use: a connection string that cannot be read is told of in a line by whoever checks the settings.
    private readonly Lazy<NpgsqlDataSource> _database = new(() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "Conclude cookie keys",
        Timeout = TimeoutSeconds,
        CommandTimeout = TimeoutSeconds,
        MaxPoolSize = 2,
    }));

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var read = _database.Value.CreateCommand(All);
        using var rows = read.ExecuteReader();
        List<XElement> keys = [];
        while (rows.Read())
        {
            keys.Add(XElement.Parse(rows.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var add = _database.Value.CreateCommand(Add);
        add.Parameters.Add(new() { Value = friendlyName });
        add.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        add.ExecuteNonQuery();
    }

    /// <summary>Makes the table and fills it, one process after another.</summary>
    /// <param name="carried">Keys by name, from where they were kept before.</param>
    /// <param name="ensure">Sees to it that there is a key; runs while every other process waits.</param>
    public async Task Prepare(IReadOnlyList<(string Name, XElement Key)> carried, Action ensure, CancellationToken cancellation)
    {
        await using var connection = await _database.Value.OpenConnectionAsync(cancellation);
        await Run(Lock);
        await Run(Table);
        foreach (var (name, key) in carried)
        {
            StoreElement(key, name);
        }

        ensure();
        await Run(Unlock);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }
}
