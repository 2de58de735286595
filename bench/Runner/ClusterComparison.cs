using System.Globalization;
using System.Text;

namespace Conclude.Bench.Runner;

/// <summary>
/// The product on Orleans, one silo and two, beside the engine of one process: all on the same cores and one PostgreSQL server, in turn.
/// Where a session lives decides whether a call to it crosses from silo to silo.
/// </summary>
internal sealed class ClusterComparison(BenchOptions options)
{
    private const string Local = "one process, local engine";
    private const string One = "one silo";
    private const string Spread = "two silos, sessions anywhere, users anywhere";
    private const string SpreadKept = "two silos, sessions anywhere, each user at one silo";
    private const string Beside = "two silos, sessions where first called, users anywhere";
    private const string BesideKept = "two silos, sessions where first called, each user at one silo";
    private const int WarmUpSeconds = 4;
    private const int Settling = 2;
    private static readonly Load[] Loads = [.. Load.All.Where(static l => l.Key is "observed-64x1" or "observed-64x20" or "moment-64" or "cold-64")];
    private readonly List<Measured> _measured = [];

    private sealed record Measured(string Load, string Site, int Round, double PerSecond, double P50, double P99, double Cpu, double StoreCpu);

    public async Task Run()
    {
        if (!File.Exists(Folders.Silo))
        {
            throw new BenchException("There is no silo to measure: the packages of Microsoft Orleans were not restored.");
        }

        await using var postgres = await PostgresCluster.Start();
        List<RunningServer> started = [];
        try
        {
            var sites = await Start(postgres, started);
            foreach (var site in sites)
            {
                await Drive(site, Loads[0], WarmUpSeconds);
                await Drive(site, Loads[1], WarmUpSeconds);
            }

            foreach (var load in Loads)
            {
                for (var round = 1; round <= options.Rounds; round++)
                {
                    for (var i = 0; i < sites.Length; i++)
                    {
                        await Measure(sites[(i + round) % sites.Length], load, round, postgres);
                    }
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(Settling));
            foreach (var servers in sites.Select(static s => s.Servers).DistinctBy(static s => s[0]))
            {
                await RunningServer.CheckCount(servers);
            }
        }
        finally
        {
            foreach (var server in Enumerable.Reverse(started))
            {
                await server.DisposeAsync();
            }
        }

        await Write();
    }

    private static async Task<ClusterSite[]> Start(PostgresCluster postgres, List<RunningServer> started)
    {
        started.Add(await RunningServer.Start(Contender.LocalEngine, postgres, Path.Combine(Folders.Work, "local")));
        RunningServer[] local = [started[^1]];
        var one = await Cluster("one-silo", silos: 1, isBeside: false);
        var spread = await Cluster("two-silos-anywhere", silos: 2, isBeside: false);
        var beside = await Cluster("two-silos-beside", silos: 2, isBeside: true);
        return
        [
            new(Local, local, KeepsUsers: false), new(One, one, KeepsUsers: false), new(Spread, spread, KeepsUsers: false),
            new(SpreadKept, spread, KeepsUsers: true), new(Beside, beside, KeepsUsers: false), new(BesideKept, beside, KeepsUsers: true),
        ];

        async Task<RunningServer[]> Cluster(string key, int silos, bool isBeside)
        {
            var first = await RunningServer.Start(Contender.Silo(key), postgres, Path.Combine(Folders.Work, key), Settings(isBeside));
            started.Add(first);
            for (var i = 1; i < silos; i++)
            {
                started.Add(await RunningServer.Join(first, Path.Combine(Folders.Work, string.Create(CultureInfo.InvariantCulture, $"{key}-{i + 1}")), Settings(isBeside)));
            }

            return [.. started.TakeLast(silos)];
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(bool isBeside) =>
    [
        ("Conclude__Cluster__Address", "127.0.0.1"),
        ("Conclude__Cluster__SiloPort", PostgresCluster.FreePort().ToString(CultureInfo.InvariantCulture)),
        ("Conclude__Cluster__Placement", isBeside ? "beside" : "anywhere"),
    ];

    private static async Task<WrkResult[]> Drive(ClusterSite site, Load load, int seconds)
    {
        // As many connections in all, however many servers share them.
        var share = load with { Connections = load.Connections / site.Servers.Length };
        return await Task.WhenAll(site.Servers.Select((server, i) => server.Drive(share, seconds, site.Prefix(i))));
    }

    private async Task Measure(ClusterSite site, Load load, int round, PostgresCluster postgres)
    {
        if (load.IsWarm)
        {
            await site.Warm();
        }

        var (cpu, store) = (site.Servers.Sum(static s => s.CpuMicroseconds()), postgres.CpuMicroseconds());
        var results = await Drive(site, load, options.Seconds);
        var requests = (double)results.Sum(static r => r.Requests);
        Measured measured = new(
            load.Key, site.Name, round, results.Sum(static r => r.PerSecond), results.Max(static r => r.P50) / 1e3, results.Max(static r => r.P99) / 1e3,
            (site.Servers.Sum(static s => s.CpuMicroseconds()) - cpu) / requests, (postgres.CpuMicroseconds() - store) / requests);
        _measured.Add(measured);
        Console.WriteLine(FormattableString.Invariant(
            $"{load.Key,-16} round {round}  {site.Name,-60} {measured.PerSecond,9:N0}/s  p50 {measured.P50,6:F2} ms  p99 {measured.P99,6:F2} ms  CPU {measured.Cpu,5:F0} + {measured.StoreCpu,4:F0} us"));
    }

    private async Task Write()
    {
        StringBuilder text = new();
        text.Append("# Silos\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Written by `bench/run cluster`: the engine of one process, one silo of Microsoft Orleans, and two, each on a database of its own of one PostgreSQL server, on {Environment.ProcessorCount} cores that all of it and wrk share; driven in turn, {options.Rounds} rounds of {options.Seconds} s, 64 connections in all. Two silos on the same cores cannot be faster than one: what is seen here is what the way between them costs. Afterwards each database held every acknowledged event, counted once.\n");
        foreach (var load in Loads)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {load.Name}\n\n");
            text.Append("| | requests a second | of the local engine | p50 ms | p99 ms | CPU, µs a request | of PostgreSQL |\n|---|--:|--:|--:|--:|--:|--:|\n");
            var local = Of(load, Local);
            foreach (var site in _measured.Select(static m => m.Site).Distinct(StringComparer.Ordinal).OrderBy(static s => Array.IndexOf([Local, One, Spread, SpreadKept, Beside, BesideKept], s)))
            {
                var measured = Of(load, site);
                double Middle(Func<Measured, double> figure) => Figures.Median(measured.Select(figure));
                var ratio = Figures.Median(measured.Zip(local, static (m, l) => m.PerSecond / l.PerSecond));
                text.Append(CultureInfo.InvariantCulture, $"| {site} | {Middle(static m => m.PerSecond):N0} | {ratio:F2} | {Middle(static m => m.P50):F1} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Middle(static m => m.P99):F1} | {Middle(static m => m.Cpu):F0} | {Middle(static m => m.StoreCpu):F0} |\n");
            }
        }

        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "cluster.md"), text.ToString());
        if (options.Publish)
        {
            await File.WriteAllTextAsync(Path.Combine(Folders.Root, "docs", "bench-cluster.md"), text.ToString());
        }

        Console.WriteLine(text);
    }

    private Measured[] Of(Load load, string site) => [.. _measured.Where(m => m.Load == load.Key && m.Site == site).OrderBy(static m => m.Round)];
}
