using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Opens connections of each kind; the operator's string says where, this says how.</summary>
internal sealed class Connections
{
    private const int KeepAliveSeconds = 5;
    // More than there are statements in the SQL files.
    private const int PreparedStatements = 100;

    // Every statement of the writer goes by key. While a table is small or not yet analysed, the planner would rather scan or hash
    // it, and a prepared plan of that kind would live on when the table is large. Forbidden scans look dear, hence no JIT.
    private const string WriterSettings = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET jit = off";
    private const string ReaderSettings = "SET jit = off";
    private readonly PostgresLedgerOptions _options;
    private readonly string _own;
    private readonly string _pooled;

    public Connections(PostgresLedgerOptions options)
    {
        _options = options;
        NpgsqlConnectionStringBuilder given = new(options.ConnectionString)
        {
            Timeout = (int)options.Timeout.TotalSeconds,
            CommandTimeout = (int)options.Timeout.TotalSeconds,
            // A cancelled statement is waited for this long, in milliseconds, before the connection is given up.
            CancellationTimeout = 1_000,
            KeepAlive = KeepAliveSeconds,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            Enlist = false,
            ApplicationName = "Conclude",
        };
        Name = $"{given.Database} on {given.Host}";
        given.Pooling = false;
        _own = given.ConnectionString;
        given.Pooling = true;
        given.MinPoolSize = 0;
        given.MaxPoolSize = options.Readers;
        // A reader keeps its settings; nothing it does leaves others behind.
        given.NoResetOnClose = true;
        _pooled = given.ConnectionString;
    }

    /// <summary>For people: the database and where it is.</summary>
    public string Name { get; }

    /// <summary>A connection that is nobody else's.</summary>
    public NpgsqlConnection Open()
    {
        NpgsqlConnection connection = new(_own);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public NpgsqlConnection OpenWriter() => Open(WriterSettings);

    /// <summary>What it does once a day must not follow a plan that was made while tables were small.</summary>
    public NpgsqlConnection OpenUpkeep() => Open(WriterSettings + "; SET plan_cache_mode = force_custom_plan");

    /// <summary>Outside the pool: for what may take as long as it likes.</summary>
    public NpgsqlConnection OpenReader() => Open(ReaderSettings);

    private NpgsqlConnection Open(string settings)
    {
        var connection = Open();
        try
        {
            Execute(connection, settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public NpgsqlDataSource Pool()
    {
        NpgsqlDataSourceBuilder builder = new(_pooled);
        builder.UsePhysicalConnectionInitializer(static c => Execute(c, ReaderSettings), static async c =>
        {
            await using var command = new NpgsqlCommand(ReaderSettings, c);
            await command.ExecuteNonQueryAsync();
        });
        return builder.Build();
    }

    public static void Execute(NpgsqlConnection connection, string script)
    {
        using NpgsqlCommand command = new(script, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Whether the store, and not what was asked of it, is at fault.</summary>
    public static bool IsOutage(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => IsOutage(state),
        // Everything else that Npgsql throws is about the connection: refused, broken, timed out.
        NpgsqlException => true,
        StoreMovedException or LostLockException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    public static bool IsContention(Exception failure) =>
        failure is StoreMovedException or PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    // 08 connection, 25 read-only and broken transactions, 28 authentication, 40 contention, 53 resources (disk full), 55 locks and
    // state, 57 operator (shutdown, cancelled), 58 system, XX internal; and a database or table that is gone.
    private static bool IsOutage(string state) =>
        state[..2] is "08" or "25" or "28" or "40" or "53" or "55" or "57" or "58" or "XX"
        || state is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege;
}
