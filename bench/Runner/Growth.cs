using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;

namespace Conclude.Bench.Runner;

/// <summary>
/// The ledger on PostgreSQL with ten thousand events and with many, in turn: what an event costs to append and what each of the
/// dashboard's and the sessions' queries costs.
/// </summary>
internal sealed class Growth(BenchOptions options)
{
    private const long FewEvents = 10_000;
    private const int Callers = 64;
    private const int Reads = 40;
    private readonly Dictionary<(string What, bool Many), List<double>> _figures = [];

    private static IEnumerable<(string Name, Func<ILedger, DateTimeOffset, Task> Run)> Queries { get; } =
    [
        ("Moments and observed events (`ReadNames`, 100 names)", static (l, now) => l.ReadNames(History.Workspace, only: null, now)),
        ("One moment (`ReadNames`)", static (l, now) => l.ReadNames(History.Workspace, RandomMoment, now)),
        ("Chart of a moment, 30 days by hour (`ReadHours`)", static (l, now) => l.ReadHours(History.Workspace, RandomMoment, now.AddDays(-30), now)),
        ("All names, last 24 hours (`ReadHours`)", static (l, now) => l.ReadHours(History.Workspace, only: null, now.AddHours(-24), now)),
        ("Live feed, newest 50 (`ReadRecentFires`)", static (l, _) => l.ReadRecentFires(History.Workspace, 50)),
        ("Responses, newest 50 (`ReadResponses`)", static (l, _) => l.ReadResponses(new ResponseQuery(History.Workspace))),
        ("Responses of a moment (`ReadResponses`)", static (l, _) => l.ReadResponses(new ResponseQuery(History.Workspace, RandomMoment))),
        ("A person's history (`ReadUser`)", static (l, _) => l.ReadUser(History.Workspace, UserKeys.Browser($"user-{Random.Shared.Next(History.Users):D8}"))),
        ("A moment's cap (`ReadCapUse`)", static (l, now) => l.ReadCapUse(History.Workspace, RandomMoment, now)),
        ("Usage of the month (`ReadUsage`)", static (l, now) => l.ReadUsage(History.Workspace, now)),
    ];

    private static string RandomMoment => History.NameOf(1 + Random.Shared.Next(History.Moments));

    public async Task Run()
    {
        await using var postgres = await PostgresCluster.Start();
        var few = await postgres.NewDatabase("few");
        var many = await postgres.NewDatabase("many");
        await History.Fill(few, FewEvents, TimeSpan.FromHours(24));
        var filling = Stopwatch.GetTimestamp();
        await History.Fill(many, options.Events, TimeSpan.FromDays(60));
        Console.WriteLine(FormattableString.Invariant($"filled and recounted in {Stopwatch.GetElapsedTime(filling).TotalSeconds:N0} s"));
        BesideUpkeep beside;
        await using (var small = History.Open(few))
        await using (var large = History.Open(many))
        {
            small.Open();
            large.Open();
            for (var round = 0; round <= options.Rounds; round++)
            {
                // The first round, in which plans are made and caches filled, is not counted.
                await Read(small, isMany: false, counts: round > 0);
                await Read(large, isMany: true, counts: round > 0);
            }

            for (var round = 0; round <= options.Rounds; round++)
            {
                await Append(small, postgres, isMany: false, counts: round > 0);
                await Append(large, postgres, isMany: true, counts: round > 0);
            }

            beside = new BesideUpkeep(options, large);
            await beside.Run();
        }

        var size = await postgres.Number("many", "SELECT pg_database_size(current_database())");
        var text = Table(size, beside);
        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "growth.md"), text);
        if (options.Publish)
        {
            await File.WriteAllTextAsync(Path.Combine(Folders.Root, "docs", "bench-growth.md"), text);
        }

        Console.WriteLine(text);
    }

    private async Task Read(PostgresLedger ledger, bool isMany, bool counts)
    {
        foreach (var (name, run) in Queries)
        {
            for (var i = 0; i < Reads; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await run(ledger, TimeProvider.System.GetUtcNow());
                Keep(name, isMany, Stopwatch.GetElapsedTime(started).TotalMilliseconds, counts);
            }
        }
    }

    private async Task Append(PostgresLedger ledger, PostgresCluster postgres, bool isMany, bool counts)
    {
        string[] names = [.. Enumerable.Range(History.Moments + 1, History.Names - History.Moments).Select(History.NameOf)];
        var (own, store) = (Environment.CpuUsage.TotalTime.TotalMicroseconds, postgres.CpuMicroseconds());
        var load = await AppendLoad.Run(ledger, History.Workspace, names, Callers, TimeSpan.FromSeconds(options.Seconds));
        Keep("perSecond", isMany, load.PerSecond, counts);
        Keep("p50", isMany, Figures.Median(load.Latencies), counts);
        Keep("p99", isMany, Figures.Quantile(load.Latencies, 0.99), counts);
        Keep("own", isMany, (Environment.CpuUsage.TotalTime.TotalMicroseconds - own) / load.Events, counts);
        Keep("store", isMany, (postgres.CpuMicroseconds() - store) / (double)load.Events, counts);
    }

    private void Keep(string what, bool isMany, double value, bool counts)
    {
        if (counts)
        {
            (_figures.TryGetValue((what, isMany), out var values) ? values : _figures[(what, isMany)] = []).Add(value);
        }
    }

    private string Table(long bytes, BesideUpkeep beside)
    {
        StringBuilder text = new();
        text.Append("# Growth\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Written by `bench/run growth`: the ledger on PostgreSQL with {FewEvents:N0} and with {options.Events:N0} events ({bytes / 1e9:F1} GB, 60 days, {History.Names} names, {History.Users:N0} people), measured in turn, {options.Rounds} rounds.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| query, ms | p50 at {FewEvents:N0} | p99 | p50 at {options.Events:N0} | p99 | p50, times |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var (name, _) in Queries)
        {
            var (few, many) = (_figures[(name, false)], _figures[(name, true)]);
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {Figures.Median(few):F2} | {Figures.Quantile(few, 0.99):F2} | {Figures.Median(many):F2} | {Figures.Quantile(many, 0.99):F2} | {Figures.Median(many) / Figures.Median(few):F2} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n| appending, {Callers} callers, one event each | at {FewEvents:N0} | at {options.Events:N0} | times |\n|---|--:|--:|--:|\n");
        foreach (var (what, name, format) in new[]
        {
            ("perSecond", "events a second", "N0"), ("p50", "p50, ms", "F1"), ("p99", "p99, ms", "F1"), ("own", "CPU of the ledger's process, µs an event", "F0"),
            ("store", "CPU of PostgreSQL, µs an event", "F0"),
        })
        {
            var (few, many) = (_figures[(what, false)], _figures[(what, true)]);
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {Text.Number(Figures.Median(few), format)} | {Text.Number(Figures.Median(many), format)} | {Figures.Median(many.Zip(few, static (m, f) => m / f)):F2} |\n");
        }

        beside.Write(text);
        return text.ToString();
    }
}
