using System.Globalization;
using Npgsql;

namespace Conclude.Ledger.Postgres;

/// <summary>Opens connections of each kind; the operator's string says where, this says how.</summary>
internal sealed class Connections
{
    private const int KeepAliveSeconds = 5;
    // A late statement is not cancelled, its connection is given up: to cancel takes a connection of its own, and the time that the
    // first one had not. The server ends a reader's statement itself; whoever writes next ends the writer's.
    private const int NoCancellation = -1;
    // More than there are statements in the SQL files.
    private const int PreparedStatements = 100;

    // Every statement of the writer goes by key. While a table is small or not yet analysed, the planner would rather scan or hash
    // it, and a prepared plan of that kind would live on when the table is large. Forbidden scans look dear, hence no JIT.
    private const string WriterSettings = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET jit = off";
    private const string ReaderSettings = "SET jit = off; SET statement_timeout = ";

    // When a network loses its connections without a word, neither end hears of it. The server, too, must notice within seconds that
    // this end is gone, or what the connection holds (the lock of the process, rows of a transaction) would stay held; and who comes
    // back does not wait for that, but ends what it left behind.
    private const string Replacement = """
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
        SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
        WHERE application_name = current_setting('application_name') AND usename = current_user AND datname = current_database() AND pid <> pg_backend_pid();
        """;

    private readonly string _process = Guid.NewGuid().ToString("N");
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
            CancellationTimeout = NoCancellation,
            KeepAlive = KeepAliveSeconds,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            Enlist = false,
            ApplicationName = "Conclude",
        };
        if (given.GssEncryptionMode == GssEncryptionMode.Prefer)
        {
            // A handshake that times out with it is tried again without it, in what is left of the time. Under a millisecond Npgsql
            // (10.0) rounds to zero, which to a socket is no limit at all: the thread waits without end where the network swallows all.
            given.GssEncryptionMode = GssEncryptionMode.Disable;
        }
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
    public NpgsqlConnection Open() => Open(_own);

    /// <summary>Takes the place of this process's earlier connection for the same purpose, which ends if the server still has it.</summary>
    public NpgsqlConnection Replace(string purpose, string settings)
    {
        var connection = Open(new NpgsqlConnectionStringBuilder(_own) { ApplicationName = $"Conclude {purpose} {_process}" }.ConnectionString);
        try
        {
            Execute(connection, Replacement + settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public NpgsqlConnection OpenWriter() => Replace("writer", WriterSettings);

    /// <summary>What it does once a day must not follow a plan that was made while tables were small.</summary>
    public NpgsqlConnection OpenUpkeep() => Replace("upkeep", WriterSettings + "; SET plan_cache_mode = force_custom_plan");

    /// <summary>Outside the pool: for what may take as long as it likes.</summary>
    public NpgsqlConnection OpenReader()
    {
        var connection = Open();
        try
        {
            // Nor may it take more than one of the server's processors.
            Execute(connection, "SET max_parallel_workers_per_gather = 0; " + ReaderSettings + "0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static NpgsqlConnection Open(string connectionString)
    {
        NpgsqlConnection connection = new(connectionString);
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

    public NpgsqlDataSource Pool()
    {
        NpgsqlDataSourceBuilder builder = new(_pooled);
        // Nothing that the pool is for goes through a table; a plan that did, made while it was empty, would be kept while it grows.
        var settings = "SET enable_seqscan = off; " + ReaderSettings + ((int)_options.ScanTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        builder.UsePhysicalConnectionInitializer(c => Execute(c, settings), async c =>
        {
            await using var command = new NpgsqlCommand(settings, c);
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
