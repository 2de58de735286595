using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Conclude.Testing;

/// <summary>The real host as a process of its own, on a free loopback port and a folder of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    public const string PublishableKey = "pk_live_browsertests000000000001";
    public const string TestKey = "pk_test_browsertests000000000001";
    public const string SecretKey = "sk_live_browsertests000000000001";
    public const string OwnerEmail = "owner@acme.com";
    public const string OwnerPassword = "correct horse battery staple";

    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _printed = [];
    private string _program = Program;
    private Process? _process;

    private SiloProcess(DirectoryInfo data, int port, Dictionary<string, string> settings) =>
        (Data, Address, _settings) = (data, $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", settings);

    public string Address { get; }

    public DirectoryInfo Data { get; }

    /// <summary>Everything the host printed so far.</summary>
    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return string.Join('\n', _printed);
            }
        }
    }

    /// <summary>The host's assembly, for <c>dotnet</c>.</summary>
    public static string Program => Metadata("SiloProgram");

    /// <summary>The host of the default build, which may not have been built; the same unless this is an Orleans build.</summary>
    public static string LocalProgram => Metadata("LocalSiloProgram");

    /// <summary>Of the process that runs now.</summary>
    public int Id => _process!.Id;

    /// <summary>The process has ended, by its own will or not.</summary>
    public bool HasEnded => _process is null or { HasExited: true };

    public HttpClient Management { get; private set; } = null!;

    public static Task<SiloProcess> Start(params (string Name, string Value)[] settings) => StartOf(Program, settings);

    /// <param name="program">The host's assembly.</param>
    public static async Task<SiloProcess> StartOf(string program, params (string Name, string Value)[] settings)
    {
        var silo = new SiloProcess(
            Directory.CreateTempSubdirectory("conclude-silo-"), FreePort(),
            settings.ToDictionary(static s => s.Name, static s => s.Value, StringComparer.Ordinal))
        { _program = program };
        silo.Management = new HttpClient { BaseAddress = new Uri(silo.Address), DefaultRequestHeaders = { { "x-conclude-api-key", SecretKey } } };
        try
        {
            await silo.Run();
            return silo;
        }
        catch
        {
            // Nobody else could end it.
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process (again) and waits until it is ready.</summary>
    public async Task Run()
    {
        _process = Launch();
        var started = Stopwatch.GetTimestamp();
        while (!await IsReady())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException("The host did not become ready:\n" + Printed);
            }

            await Task.Delay(50);
        }
    }

    /// <summary>A second process on the same folder, run to its end.</summary>
    public async Task<(int ExitCode, string Printed)> RunSecond()
    {
        using var second = Launch(FreePort());
        await second.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return (second.ExitCode, Printed);
    }

    /// <summary>A process that does not start, run to its end.</summary>
    /// <param name="port">The one to listen on; null for a free one.</param>
    /// <returns>Its exit code and the lines that it printed.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Printed)> RunRefused(int? port, params (string Name, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("conclude-silo-");
        var silo = new SiloProcess(data, FreePort(), settings.ToDictionary(static s => s.Name, static s => s.Value, StringComparer.Ordinal));
        try
        {
            using var process = silo.Launch(port);
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
            return (process.ExitCode, silo._printed);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Waits until the host has printed something, over all its runs.</summary>
    public async Task PrintedSoon(string text, int times = 1)
    {
        var started = Stopwatch.GetTimestamp();
        while (Printed.Split(text).Length <= times)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"'{text}' was not printed:\n{Printed}");
            }

            await Task.Delay(25);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        await AskToStop();
        return await Ended();
    }

    /// <summary>SIGTERM, without waiting for what comes of it.</summary>
    public async Task AskToStop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> Ended()
    {
        await _process!.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return _process.ExitCode;
    }

    public async Task<JsonNode> Get(string path) =>
        await Management.GetFromJsonAsync<JsonNode>(path) ?? throw new InvalidOperationException("An empty answer.");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        Management.Dispose();
        Data.Delete(recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await Management.GetAsync("/health/ready");
            using var key = await Management.GetAsync("/api/v1/moments");
            return answer.IsSuccessStatusCode && key.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Launch(int? port = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { _program, "--urls", port is { } other ? $"http://127.0.0.1:{other.ToString(CultureInfo.InvariantCulture)}" : Address },
            WorkingDirectory = Data.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Conclude__DataDirectory"] = Data.FullName,
                ["Conclude__Bootstrap__PublishableKey"] = PublishableKey,
                ["Conclude__Bootstrap__TestKey"] = TestKey,
                ["Conclude__Bootstrap__SecretKey"] = SecretKey,
                ["Conclude__Bootstrap__OwnerEmail"] = OwnerEmail,
                ["Conclude__Bootstrap__OwnerPassword"] = OwnerPassword,
            },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Metadata(string key) => typeof(SiloProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_printed)
            {
                _printed.Add(line);
            }
        }
    }
}
