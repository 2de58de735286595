using System.Globalization;
using System.Text;
using Conclude.Ledger.Postgres;

namespace Conclude.Bench.Runner;

/// <summary>What a second writer on one PostgreSQL database brings: on the same workspace, and on one of its own.</summary>
internal sealed class Writers(BenchOptions options)
{
    private const int Callers = 128;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Cases = ["one writer", "two writers, the same workspace", "two writers, a workspace each"];
    private readonly Dictionary<string, List<Measured>> _measured = Cases.ToDictionary(static c => c, static _ => new List<Measured>(), StringComparer.Ordinal);

    private sealed record Measured(double PerSecond, double P50, double P99, double StoreCpu, double Waiting);

    public async Task Run()
    {
        await using var postgres = await PostgresCluster.Start();
        var database = await postgres.NewDatabase("writers");
        await using (var first = History.Open(database, single: false))
        await using (var second = History.Open(database, single: false))
        {
            first.Open();
            second.Open();
            for (var round = 0; round <= options.Rounds; round++)
            {
                foreach (var name in Cases)
                {
                    var measured = await Measure(postgres, name == Cases[0] ? [(first, "one")] : [(first, "one"), (second, name == Cases[1] ? "one" : "two")]);
                    Console.WriteLine(FormattableString.Invariant(
                        $"round {round}  {name,-32} {measured.PerSecond,8:N0}/s  p50 {measured.P50:F1} ms  p99 {measured.P99:F1} ms  waiting {measured.Waiting:P0}"));
                    if (round > 0)
                    {
                        _measured[name].Add(measured);
                    }
                }
            }

            if (await first.Verify() is { IsEmpty: false } differences)
            {
                throw new BenchException("Two writers do not add up:\n" + string.Join('\n', differences.Take(10)));
            }
        }

        var text = Table();
        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "writers.md"), text);
        if (options.Publish)
        {
            await File.WriteAllTextAsync(Path.Combine(Folders.Root, "docs", "bench-writers.md"), text);
        }

        Console.WriteLine(text);
    }

    private async Task<Measured> Measure(PostgresCluster postgres, (PostgresLedger Ledger, string Workspace)[] writers)
    {
        string[] names = [.. Enumerable.Range(1, History.Names).Select(History.NameOf)];
        var store = postgres.CpuMicroseconds();
        using CancellationTokenSource ended = new();
        var waiting = Waiting(postgres, ended.Token);
        var loads = await Task.WhenAll(writers.Select(
            w => AppendLoad.Run(w.Ledger, w.Workspace, names, Callers / writers.Length, TimeSpan.FromSeconds(options.Seconds))));
        await ended.CancelAsync();
        double[] latencies = [.. loads.SelectMany(static l => l.Latencies)];
        return new(
            loads.Sum(static l => l.PerSecond), Figures.Median(latencies), Figures.Quantile(latencies, 0.99),
            (postgres.CpuMicroseconds() - store) / (double)loads.Sum(static l => l.Events), await waiting / writers.Length);
    }

    /// <returns>Backends that wait for a lock, on average.</returns>
    private static async Task<double> Waiting(PostgresCluster postgres, CancellationToken ended)
    {
        var (seen, glances) = (0L, 0);
        while (!ended.IsCancellationRequested)
        {
            seen += await postgres.Number("writers", "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
            glances++;
            await Task.Delay(Glance, CancellationToken.None);
        }

        return (double)seen / glances;
    }

    private string Table()
    {
        StringBuilder text = new();
        text.Append("# Two writers\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Written by `bench/run writers`: ledgers on one PostgreSQL database, {Callers} callers in all that append one event each, {History.Names} names a workspace, in turn, {options.Rounds} rounds of {options.Seconds} s. Afterwards the recount agreed.\n\n");
        text.Append("| | events a second | of one writer | p50 ms | p99 ms | CPU of PostgreSQL, µs an event | time a writer waits for a lock |\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var name in Cases)
        {
            var measured = _measured[name];
            double Of(Func<Measured, double> figure) => Figures.Median(measured.Select(figure));
            var ratio = Figures.Median(measured.Zip(_measured[Cases[0]], static (m, one) => m.PerSecond / one.PerSecond));
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Of(static m => m.PerSecond):N0} | {ratio:F2} | {Of(static m => m.P50):F1} ")
                .Append(CultureInfo.InvariantCulture, $"| {Of(static m => m.P99):F1} | {Of(static m => m.StoreCpu):F0} | {100 * Of(static m => m.Waiting):F0} % |\n");
        }

        return text.ToString();
    }
}
