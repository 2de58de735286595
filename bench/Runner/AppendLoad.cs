using System.Diagnostics;
using Conclude.Ledger;

namespace Conclude.Bench.Runner;

/// <summary>Callers that append one observed event each, again as soon as the last is on disk.</summary>
/// <param name="Events">Acknowledged.</param>
/// <param name="Latencies">Milliseconds.</param>
internal sealed record AppendLoad(long Events, TimeSpan Took, double[] Latencies)
{
    private const int Users = 10_000;

    public double PerSecond => Events / Took.TotalSeconds;

    /// <param name="names">Event names, shared evenly by chance.</param>
    public static async Task<AppendLoad> Run(ILedger ledger, string workspace, IReadOnlyList<string> names, int callers, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => Call(ledger, workspace, names, started, time))));
        return new(latencies.Sum(static l => (long)l.Count), Stopwatch.GetElapsedTime(started), [.. latencies.SelectMany(static l => l)]);
    }

    private static async Task<List<double>> Call(ILedger ledger, string workspace, IReadOnlyList<string> names, long started, TimeSpan time)
    {
        List<double> latencies = [];
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var now = TimeProvider.System.GetUtcNow();
            Fire fire = new()
            {
                Workspace = workspace,
                Id = Guid.CreateVersion7(now),
                Event = names[Random.Shared.Next(names.Count)],
                UserKey = UserKeys.Browser($"user-{Random.Shared.Next(Users):D8}"),
                At = now,
                ReceivedAt = now,
                Verdict = Verdict.NoMoment,
                Limits = FireLimits.None,
            };
            var called = Stopwatch.GetTimestamp();
            var result = await ledger.Append([fire]);
            latencies.Add(Stopwatch.GetElapsedTime(called).TotalMilliseconds);
            if (result[0].Status != FireStatus.Accepted)
            {
                throw new BenchException($"An event was not accepted: {result[0].Status}");
            }
        }

        return latencies;
    }
}
