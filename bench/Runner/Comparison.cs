namespace Conclude.Bench.Runner;

/// <summary>
/// All contenders run at once and are driven in turn, so that a round's figures lie seconds apart and its ratios are of one state of
/// the machine. The order shifts with each round.
/// </summary>
internal sealed class Comparison(BenchOptions options)
{
    /// <summary>Sessions leave memory three minutes after their last use.</summary>
    private static readonly TimeSpan WarmFor = TimeSpan.FromSeconds(90);

    private const int WarmUpSeconds = 4;
    private static readonly Load[] QuickLoads = [.. Load.All.Where(static l => l.Key == "observed-64x1")];
    private static readonly string[] QuickServers = ["floor", "groupcommit-postgres", "product-postgres", "groupcommit-sqlite", "product-sqlite"];
    private readonly List<Sample> _samples = [];

    public async Task<Outcome> Run()
    {
        var loads = Chosen(options.Cases, Load.All, static l => l.Key, options.Quick ? QuickLoads : Load.All);
        Contender[] defaults = options.Quick ? [.. Contender.All.Where(static c => QuickServers.Contains(c.Key))] : [.. Contender.All];
        var contenders = Chosen(options.Servers, Contender.All, static c => c.Key, defaults);
        if (!contenders.Contains(Contender.Floor))
        {
            contenders = [Contender.Floor, .. contenders];
        }

        var flush = FlushProbe.Measure();
        await using var postgres = await PostgresCluster.Start();
        List<RunningServer> servers = [];
        Dictionary<string, double> bytes = new(StringComparer.Ordinal);
        try
        {
            foreach (var contender in contenders)
            {
                servers.Add(await RunningServer.Start(contender, postgres, Path.Combine(Folders.Work, contender.Key)));
            }

            await WarmUp(servers);
            foreach (var load in loads.OrderBy(static l => !l.IsObserved))
            {
                if (bytes.Count == 0 && !load.IsObserved)
                {
                    await Weigh(servers, bytes);
                }

                await Drive(load, servers, postgres);
            }

            if (bytes.Count == 0)
            {
                await Weigh(servers, bytes);
            }

            foreach (var server in servers)
            {
                await server.CheckCount();
                await server.CheckVerdicts();
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        var memory = options.Memory ? await SessionMemory.Measure(options.Sessions) : null;
        return new Outcome(loads, contenders, _samples, bytes, flush, memory, postgres.Version, options);
    }

    private async Task Drive(Load load, List<RunningServer> servers, PostgresCluster postgres)
    {
        // Where no session is kept warm or cold, another user is nothing new.
        var driven = load.IsCold ? [.. servers.Where(static s => s.Contender.IsProduct || s.Contender.Store == Store.None)] : servers;
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var i = 0; i < driven.Count; i++)
            {
                var server = driven[(i + round - 1) % driven.Count];
                if (load.IsWarm && server.Contender.IsProduct && (server.WarmedAt == 0 || TimeProvider.System.GetElapsedTime(server.WarmedAt) > WarmFor))
                {
                    await server.Warm();
                }

                await Measure(load, round, server, postgres);
                server.WarmedAt = load.IsWarm ? TimeProvider.System.GetTimestamp() : server.WarmedAt;
            }
        }
    }

    private async Task Measure(Load load, int round, RunningServer server, PostgresCluster postgres)
    {
        var onPostgres = server.Contender.Store == Store.Postgres;
        var wal = onPostgres ? await postgres.WalBytes() : 0;
        var (serverCpu, storeCpu, all, own, started) =
            (server.CpuMicroseconds(), postgres.CpuMicroseconds(), Cpu.OfAll(), Cpu.Of(Environment.ProcessId), TimeProvider.System.GetTimestamp());
        var result = await server.Drive(load, options.Seconds);
        var machine = TimeProvider.System.GetElapsedTime(started).TotalMicroseconds * Environment.ProcessorCount;
        var (serverUsed, storeUsed) = (server.CpuMicroseconds() - serverCpu, postgres.CpuMicroseconds() - storeCpu);
        var others = Cpu.OfAll() - all - serverUsed - storeUsed - result.Cpu - (Cpu.Of(Environment.ProcessId) - own);
        var requests = (double)result.Requests;
        Sample sample = new(
            load.Key, server.Contender.Key, round, result.PerSecond, result.P50 / 1e3, result.P99 / 1e3, serverUsed / requests,
            onPostgres ? storeUsed / requests : 0,
            onPostgres ? (await postgres.WalBytes() - wal) / (requests * load.Events) : 0, result.Busy, Math.Max(0, others / machine));
        _samples.Add(sample);
        Console.WriteLine(FormattableString.Invariant(
            $"{load.Key,-16} round {round}  {server.Contender.Key,-22} {sample.PerSecond,9:N0}/s  p50 {sample.P50,7:F2} ms  p99 {sample.P99,7:F2} ms  CPU {sample.ServerCpu,6:F0} + {sample.StoreCpu,4:F0} us  wrk {100 * sample.WrkBusy,3:F0} %  others {100 * sample.Others,3:F0} %"));
    }

    private async Task WarmUp(List<RunningServer> servers)
    {
        foreach (var server in servers)
        {
            foreach (var load in options.Quick ? QuickLoads : Load.All.Where(static l => l.Key is "observed-64x1" or "observed-64x20"))
            {
                // Long enough for the runtime to have compiled what is hot for the second time.
                await server.Drive(load, WarmUpSeconds);
            }
        }
    }

    private static async Task Weigh(List<RunningServer> servers, Dictionary<string, double> bytes)
    {
        foreach (var server in servers.Where(static s => s.Contender.Store != Store.None))
        {
            bytes[server.Contender.Key] = await server.GrownBytes() / (double)await server.CheckCount();
        }
    }

    private static IReadOnlyList<T> Chosen<T>(string[] keys, IReadOnlyList<T> all, Func<T, string> key, IReadOnlyList<T> otherwise) => keys.Length == 0
        ? otherwise
        : [.. keys.Select(k => all.FirstOrDefault(one => string.Equals(key(one), k, StringComparison.Ordinal))
            ?? throw new BenchException($"{k} is unknown; there are {string.Join(", ", all.Select(key))}"))];
}
