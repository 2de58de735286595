using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Conclude.Bench.Runner;

/// <summary>One contender as a process, with a store of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const int Stalls = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly ServerStore _store;
    private readonly string _folder;
    private readonly string _log;
    private long _emptyBytes;

    private RunningServer(Contender contender, PostgresCluster? postgres, string database, string folder, IEnumerable<(string, string)> extra)
    {
        (Contender, _folder, _store) = (contender, folder, new ServerStore(contender, postgres, database, folder));
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PostgresCluster.FreePort()}");
        _log = Path.Combine(folder, "log");
        _client = new HttpClient { BaseAddress = new Uri(Address) };
        Api = new Product(Address);
        _process = Launch(extra);
    }

    public Contender Contender { get; }

    public string Address { get; }

    public Product Api { get; }

    public int ProcessId => _process.Id;

    /// <summary>Events that were answered as kept.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Events that were under way when a run of wrk broke off: they may have been kept or not.</summary>
    public long Unknown { get; private set; }

    /// <summary>When the sessions of the hot moment were last used.</summary>
    public long WarmedAt { get; set; }

    /// <param name="postgres">Not needed by what does not use it.</param>
    /// <param name="folder">Of its own: its store and its log.</param>
    /// <param name="extra">More environment.</param>
    public static async Task<RunningServer> Start(
        Contender contender, PostgresCluster? postgres, string folder, params IEnumerable<(string Name, string Value)> extra)
    {
        Directory.CreateDirectory(folder);
        var database = contender.Store == Store.Postgres ? await postgres!.NewDatabase(contender.Key) : "";
        RunningServer server = new(contender, postgres, database, folder, extra);
        try
        {
            await server.UntilReady();
            if (contender.IsProduct)
            {
                await server.Api.AddMoment(Load.Moment);
                await server.Api.AddMoment(Load.ColdMoment);
            }

            server._emptyBytes = await server._store.Bytes();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more silo of the cluster that a first one began.</summary>
    public static async Task<RunningServer> Join(RunningServer first, string folder, params IEnumerable<(string Name, string Value)> extra)
    {
        Directory.CreateDirectory(folder);
        RunningServer server = new(first.Contender, first._store.Postgres, first._store.Database, folder, extra);
        try
        {
            await server.UntilReady();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="BenchException">Something was not answered with success.</exception>
    public async Task<WrkResult> Drive(Load load, int seconds, string prefix = "user")
    {
        var result = await Wrk.Run(Address, load, seconds, prefix);
        for (var again = 0; result is { Requests: 0, Failed: 0 } && again < Stalls; again++)
        {
            // Nothing was answered and nothing failed: the machine stood still, which says nothing of the server.
            Console.WriteLine($"{Contender.Key} {load.Key}: no answer in {seconds} s; repeated");
            Unknown += load.Connections * (long)load.Events;
            result = await Wrk.Run(Address, load, seconds, prefix);
        }

        if (result.Failed > 0 || result.Requests == 0)
        {
            throw new BenchException(
                $"{Contender.Name}, {load.Name}: {result.Failed} of {result.Requests} requests failed.\n" + string.Join('\n', Printed().TakeLast(20)));
        }

        Acknowledged += result.Requests * load.Events;
        Unknown += load.Connections * (long)load.Events;
        return result;
    }

    public async Task Warm(string prefix = "user")
    {
        var accepted = await Api.FireOnce(prefix, Load.WarmUsers, Load.Moment);
        Acknowledged += accepted;
    }

    public long CpuMicroseconds() => Cpu.Of(_process.Id);

    /// <returns>What the store says it holds.</returns>
    /// <exception cref="BenchException">That is not what was acknowledged.</exception>
    public async Task<long> CheckCount()
    {
        if (Contender.Store == Store.None)
        {
            return 0;
        }

        var (events, totals) = Contender.IsProduct ? (await _store.Rows(), await Api.Counted()) : await OwnCount();
        if (events != totals || events < Acknowledged || events > Acknowledged + Unknown)
        {
            throw new BenchException(
                $"{Contender.Name}: {Acknowledged} events were acknowledged (and up to {Unknown} more were under way), but it holds {events} and counts {totals}.");
        }

        return events;
    }

    /// <summary>Of servers that share one store.</summary>
    /// <inheritdoc cref="CheckCount()"/>
    public static async Task CheckCount(IReadOnlyList<RunningServer> together)
    {
        var (acknowledged, unknown) = (together.Sum(static s => s.Acknowledged), together.Sum(static s => s.Unknown));
        var (events, totals) = (await together[0]._store.Rows(), await together[0].Api.Counted());
        if (events != totals || events < acknowledged || events > acknowledged + unknown)
        {
            throw new BenchException(
                $"{together[0].Contender.Name}: {acknowledged} events were acknowledged (and up to {unknown} more were under way), but it holds {events} and counts {totals}.");
        }
    }

    /// <exception cref="BenchException">The warm sessions were not in a cooldown: something else was measured.</exception>
    public async Task CheckVerdicts()
    {
        if (!Contender.IsProduct || WarmedAt == 0)
        {
            return;
        }

        var verdicts = await Api.Verdicts(Load.Moment);
        var (shown, cooled) = (verdicts.GetValueOrDefault("shown"), verdicts.GetValueOrDefault("cooldown"));
        if (shown != Load.WarmUsers || cooled == 0 || verdicts.Values.Sum() != shown + cooled)
        {
            throw new BenchException($"{Contender.Name}: the moment's verdicts are {string.Join(", ", verdicts)}");
        }
    }

    /// <summary>What the store takes on disk beyond its empty tables.</summary>
    public async Task<long> GrownBytes() => await _store.Bytes() - _emptyBytes;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Shell.Run("kill", "-TERM", string.Create(CultureInfo.InvariantCulture, $"{_process.Id}"));
            using CancellationTokenSource enough = new(Patience);
            try
            {
                await _process.WaitForExitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        Started.Remove(_process.Id);
        _process.Dispose();
        _client.Dispose();
        Api.Dispose();
    }

    private async Task<(long Events, long Totals)> OwnCount()
    {
        var count = (await _client.GetFromJsonAsync<OwnCountJson>("/count"))!;
        return (count.Events, count.Totals);
    }

    private Process Launch(IEnumerable<(string Name, string Value)> extra)
    {
        var connection = _store.ConnectionString;
        // Through a shell, so that what it prints goes to a file and no pipe of ours; exec keeps the process id.
        ProcessStartInfo start = new("sh", ["-c", "exec dotnet \"$@\" >\"$LOG\" 2>&1", "sh"]) { WorkingDirectory = _folder };
        foreach (var argument in (string[])[Program, "--urls", Address])
        {
            start.ArgumentList.Add(argument);
        }

        if (!Contender.IsProduct && Contender.Store != Store.None)
        {
            foreach (var argument in (string[])[
                "--store", Contender.Store == Store.Sqlite ? "sqlite" : "postgres", "--shape", Contender.Shape,
                "--data", _store.File, "--database", connection ?? "none"])
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var (name, value) in Contender.IsProduct ? Product.Settings(_folder, connection).Concat(extra) : extra)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["LOG"] = _log;
        var process = Process.Start(start)!;
        Started.Add(process.Id, "TERM");
        return process;
    }

    private string Program => !Contender.IsProduct ? Folders.Program(Contender.Project) : Contender.OnOrleans ? Folders.Silo : Folders.Product;

    private async Task UntilReady()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await IsReady())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new BenchException($"{Contender.Name} did not start:\n" + string.Join('\n', Printed().TakeLast(20)));
            }

            await Task.Delay(50);
        }
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await _client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string[] Printed() => File.Exists(_log) ? File.ReadAllLines(_log) : [];

    private sealed record OwnCountJson(long Events, long Totals);
}
