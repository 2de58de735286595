using System.Globalization;
using System.Text;
using Conclude.Ledger;
using Conclude.Ledger.Postgres;

namespace Conclude.Bench.Runner;

/// <summary>Appending alone, while retention deletes old events, and while people are erased: what the upkeep costs whoever writes.</summary>
internal sealed class BesideUpkeep(BenchOptions options, PostgresLedger ledger)
{
    private const int Callers = 64;

    // As the host rests between two transactions of retention.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Cases = ["alone", "while retention deletes", "while people are erased"];
    private readonly Dictionary<string, List<(double P50, double P99, long Touched)>> _measured = Cases.ToDictionary(static c => c, static _ => new List<(double, double, long)>(), StringComparer.Ordinal);
    private int _person;
    private TimeSpan _oneErasure;

    public async Task Run()
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var name in Cases)
            {
                var measured = await Measure(name == Cases[0] ? Nothing : name == Cases[1] ? Trim : Erase);
                if (round > 0)
                {
                    _measured[name].Add(measured);
                }
            }
        }

        var started = TimeProvider.System.GetTimestamp();
        await EraseNext(CancellationToken.None);
        _oneErasure = TimeProvider.System.GetElapsedTime(started);
    }

    public void Write(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n| appending at {options.Events:N0}, {Callers} callers | p50, ms | p99, ms | p99, times | rows deleted a second |\n|---|--:|--:|--:|--:|\n");
        var alone = _measured[Cases[0]];
        foreach (var name in Cases)
        {
            var measured = _measured[name];
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {Figures.Median(measured.Select(static m => m.P50)):F1} | {Figures.Median(measured.Select(static m => m.P99)):F1} ")
                .Append(CultureInfo.InvariantCulture, $"| {Figures.Median(measured.Zip(alone, static (m, a) => m.P99 / a.P99)):F2} ")
                .Append(CultureInfo.InvariantCulture, $"| {Figures.Median(measured.Select(m => (double)m.Touched / options.Seconds)):N0} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nAn erasure looks at every event of the workspace and rests half of the time: {_oneErasure.TotalSeconds:F0} s here, for all who ask until it begins.\n");
    }

    private async Task<(double P50, double P99, long Touched)> Measure(Func<CancellationToken, Task<long>> upkeep)
    {
        string[] names = [.. Enumerable.Range(History.Moments + 1, History.Names - History.Moments).Select(History.NameOf)];
        using CancellationTokenSource ended = new();
        var working = upkeep(ended.Token);
        var load = await AppendLoad.Run(ledger, History.Workspace, names, Callers, TimeSpan.FromSeconds(options.Seconds));
        await ended.CancelAsync();
        return (Figures.Median(load.Latencies), Figures.Quantile(load.Latencies, 0.99), await working);
    }

    private static Task<long> Nothing(CancellationToken ended) => Task.FromResult(0L);

    private async Task<long> Trim(CancellationToken ended)
    {
        var before = TimeProvider.System.GetUtcNow().AddDays(-30);
        var touched = 0L;
        while (!ended.IsCancellationRequested)
        {
            var trimmed = await ledger.Trim(History.Workspace, before, CancellationToken.None);
            touched += trimmed.Events + trimmed.Prompts;
            await Task.Delay(Rest, CancellationToken.None);
        }

        return touched;
    }

    private async Task<long> Erase(CancellationToken ended)
    {
        try
        {
            while (!ended.IsCancellationRequested)
            {
                await EraseNext(ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The next erasure goes on with it.
        }

        return 0;
    }

    private Task EraseNext(CancellationToken ended) => ledger.Erase(History.Workspace, UserKeys.Browser($"user-{_person++:D8}"), ended);
}
