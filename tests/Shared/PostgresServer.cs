using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Conclude.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own, from the machine's binaries: a throwaway cluster in a temporary folder, on the loopback
/// interface. It starts at its first use and ends with the assembly. Tests skip where there is no PostgreSQL.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Root = "/usr/lib/postgresql";
    private static readonly Lazy<PostgresServer> Shared = new(static () => new PostgresServer(start: true));
    private readonly string _folder = "";
    private int _databases;

    /// <summary>For the assembly's fixture: starts nothing, stops what was started.</summary>
    public PostgresServer()
    {
    }

    private PostgresServer(bool start)
    {
        Debug.Assert(start);
        _folder = Directory.CreateTempSubdirectory("conclude-postgres-").FullName;
        Port = FreePort();
        if (IsRoot)
        {
            // The server refuses to run as root.
            Run("chown", "postgres", _folder);
        }
        Run(Binary("initdb"), "-D", Cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        Start();
    }

    public static bool IsMissing => Binaries is null;

    public int Port { get; }

    /// <summary>The account that the server runs as.</summary>
    public static string Owner => IsRoot ? "postgres" : Environment.UserName;

    private static bool IsRoot => Environment.UserName == "root";

    private static string? Binaries => Directory.Exists(Root)
        ? Directory.GetDirectories(Root).OrderByDescending(static d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0)
            .Select(static d => Path.Combine(d, "bin")).FirstOrDefault(static b => File.Exists(Path.Combine(b, "initdb")))
        : null;

    private string Cluster => Path.Combine(_folder, "cluster");

    /// <summary>The running server; skips the test when the machine has none.</summary>
    public static PostgresServer Get()
    {
        Assert.SkipWhen(IsMissing, "PostgreSQL is missing: install the Debian package postgresql");
        return Shared.Value;
    }

    /// <summary>A server that one test may stop and start; the caller disposes it.</summary>
    public static PostgresServer StartOwn()
    {
        Assert.SkipWhen(IsMissing, "PostgreSQL is missing: install the Debian package postgresql");
        return new PostgresServer(start: true);
    }

    /// <summary>A fresh, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute(ConnectionString("postgres"), $"CREATE DATABASE {name} STRATEGY = FILE_COPY");
        return ConnectionString(name);
    }

    public static object? Execute(string connectionString, string sql)
    {
        using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    // Silent: half a line on this process's output would swallow the test result that the runner writes there next.
    public void Start() => Run(
        Binary("pg_ctl"), "-s", "-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c max_connections=300 -c shared_buffers=32MB", "start");

    /// <param name="mode">"immediate" is as good as a crash.</param>
    public void Stop(string mode) => Run(Binary("pg_ctl"), "-D", Cluster, "-w", "-m", mode, "stop");

    public void Dispose()
    {
        if (_folder.Length == 0)
        {
            if (Shared.IsValueCreated)
            {
                Shared.Value.Dispose();
            }
            return;
        }
        if (File.Exists(Path.Combine(Cluster, "postmaster.pid")))
        {
            Stop("immediate");
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A program of the server's own version.</summary>
    public static string Binary(string name) => Path.Combine(Binaries!, name);

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    private void Run(string program, params string[] arguments)
    {
        var asPostgres = IsRoot && Path.IsPathRooted(program);
        ProcessStartInfo start = new(asPostgres ? "runuser" : program, asPostgres ? ["-u", "postgres", "--", program, .. arguments] : arguments)
        {
            // The server keeps what it inherits open: its output must not be a pipe that somebody reads to its end.
            WorkingDirectory = _folder,
        };
        start.RedirectStandardOutput = !arguments.Contains("start");
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput)
        {
            process.StandardOutput.ReadToEnd();
        }
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
