using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Conclude.Bench.Runner;

/// <summary>
/// A PostgreSQL server of the bench's own, beside the other stores on the same disk, with the settings it comes with, but for more
/// connections: every commit is flushed before it is answered.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Root = "/usr/lib/postgresql";
    private readonly string _folder = Path.Combine(Folders.Work, "postgres");
    private readonly int _port = FreePort();

    private PostgresCluster()
    {
    }

    /// <summary>Of the postmaster.</summary>
    public int ProcessId { get; private set; }

    /// <summary>For people.</summary>
    public string Version { get; private set; } = "";

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    public static async Task<PostgresCluster> Start()
    {
        PostgresCluster cluster = new();
        Directory.CreateDirectory(cluster._folder);
        if (IsRoot)
        {
            // The server refuses to run as root.
            await Shell.Run("chown", "postgres", cluster._folder);
        }

        var data = Path.Combine(cluster._folder, "data");
        await cluster.Run(Binary("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        await cluster.Run(
            Binary("pg_ctl"), "-D", data, "-w", "-l", Path.Combine(cluster._folder, "log"), "-o",
            $"-p {cluster._port} -c max_connections=200 -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "start");
        cluster.ProcessId = int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        // Fast shutdown.
        Started.Add(cluster.ProcessId, "INT");
        cluster.Version = (string)(await cluster.Scalar("postgres", "SHOW server_version"))!;
        return cluster;
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    public async Task<string> NewDatabase(string name)
    {
        await Scalar("postgres", $"CREATE DATABASE \"{name}\"");
        return ConnectionString(name);
    }

    public async Task<object?> Scalar(string database, string sql)
    {
        await using NpgsqlConnection connection = new(ConnectionString(database) + ";Pooling=false;Command Timeout=3600");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> Number(string database, string sql) => Convert.ToInt64(await Scalar(database, sql), CultureInfo.InvariantCulture);

    /// <summary>Bytes of write-ahead log written so far.</summary>
    public Task<long> WalBytes() => Number("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");

    public long CpuMicroseconds() => Cpu.OfTree(ProcessId);

    public async ValueTask DisposeAsync()
    {
        await Run(Binary("pg_ctl"), "-D", Path.Combine(_folder, "data"), "-w", "-m", "fast", "stop");
        Started.Remove(ProcessId);
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Binary(string name) => Directory.Exists(Root)
        ? Directory.GetDirectories(Root)
            .OrderByDescending(static d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0)
            .Select(d => Path.Combine(d, "bin", name)).FirstOrDefault(File.Exists) ?? throw Missing()
        : throw Missing();

    private static BenchException Missing() => new("PostgreSQL is missing: apt-get install postgresql");

    private Task Run(string program, params string[] arguments)
    {
        string[] quiet = ["-c", "\"$0\" \"$@\" >>\"$OUT\" 2>&1"];
        Environment.SetEnvironmentVariable("OUT", Path.Combine(Folders.Work, "postgres.log"));
        return IsRoot
            ? Shell.RunWithoutPipes("sh", [.. quiet, "runuser", "-u", "postgres", "--", program, .. arguments])
            : Shell.RunWithoutPipes("sh", [.. quiet, program, .. arguments]);
    }
}
