using System.Diagnostics;
using System.Globalization;
using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Load;
using Conclude.Faults.Tests.Report;
using Conclude.Testing.Load;
using Conclude.Testing.Network;

namespace Conclude.Faults.Tests;

/// <summary>
/// Twice as much arrives as the store takes: what is too much is refused at once, memory stays flat, and when it is over all is as before.
/// The store is slowed down by its network, so that the processor is never what is measured.
/// </summary>
public sealed class BackpressureFaults
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task An_overload_is_refused_at_once_and_leaves_nothing_behind()
    {
        await using var stage = await Stage.Start("postgres");
        (stage.Network!.Latency, stage.Network.BytesPerSecond, stage.Network.Mode) = (TimeSpan.FromMilliseconds(10), 600_000, ProxyMode.Slow);
        await using var flood = new Flood(stage.Silo.Address);
        await flood.Capacity(TimeSpan.FromSeconds(2));
        var capacity = await flood.Capacity(TimeSpan.FromSeconds(Form.Of(3, 10)));
        var usual = Percentile(await flood.Probe(TimeSpan.FromSeconds(1)), 0.9);

        var lasts = TimeSpan.FromSeconds(Form.Of(9, 120));
        await using var memory = new MemoryWatch(stage.Silo.Id);
        var sent = await flood.Open(2 * capacity, lasts);
        var over = Stopwatch.GetTimestamp();
        var probes = await flood.Probe(Afterwards);
        var overload = await Task.WhenAll(sent);

        var refused = overload.Where(static a => a.Status == 503).ToList();
        var accepted = overload.Count(static a => a.IsSuccess);
        var p99 = Percentile(refused, 0.99);
        var normal = Normal(probes, over, (2 * usual) + TimeSpan.FromMilliseconds(100));
        var (early, late) = (memory.Peak(TimeSpan.Zero, lasts / 3), memory.Peak(lasts * 2 / 3, lasts));
        FaultTable.Add(new FaultRow
        {
            Fault = string.Create(CultureInfo.InvariantCulture, $"overload of {lasts.TotalSeconds:0} s at twice the capacity"),
            Store = stage.Store.Kind,
            Rate = capacity * Flood.Events,
            Acknowledged = flood.Journal.Acknowledged,
            LongestOutage = lasts,
            FirstSuccess = normal,
            AllSucceed = normal,
            MaxLatency = overload.Max(static a => a.Took),
            Statuses = FaultRun.Statuses(flood.Journal.Answers),
            Note = string.Create(CultureInfo.InvariantCulture,
                $"{refused.Count} of {overload.Length} refused in p50 {Percentile(refused, 0.5).TotalMilliseconds:0} ms, p99 {p99.TotalMilliseconds:0} ms; {accepted * Flood.Events / lasts.TotalSeconds:0} events/s accepted meanwhile; p90 of one event {usual.TotalMilliseconds:0} ms before, normal again {normal.TotalMilliseconds:0} ms after the end; resident {early >> 20} MiB in the first third, {late >> 20} MiB in the last"),
        });

        stage.Network.Mode = ProxyMode.Open;
        var complaints = await stage.Judge(flood.Journal);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(20)));
        Assert.True(refused.Count > overload.Length / 5, $"Only {refused.Count} of {overload.Length} were refused: that was no overload.");
        Assert.DoesNotContain(refused, static a => !a.Detail.Contains("\"busy\"", StringComparison.Ordinal));
        // The store went on at its own pace.
        Assert.InRange(accepted / lasts.TotalSeconds, capacity * 0.5, capacity * 2);
        Assert.InRange(p99, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.True(late < (early * 5 / 4) + (64 << 20), $"Memory grew from {early >> 20} to {late >> 20} MiB.");
        Assert.InRange(normal, TimeSpan.Zero, Calm);
    }

    /// <summary>How long after the end the first request was sent from which on nine of ten had an answer in time: the bound is twice what nine of ten took before.</summary>
    private static TimeSpan Normal(Answered[] probes, long since, TimeSpan bound)
    {
        const int Ten = 10;
        for (var first = 0; first + Ten <= probes.Length; first++)
        {
            if (probes[first..(first + Ten)].Count(p => p.IsSuccess && p.Took <= bound) >= Ten - 1)
            {
                return Stopwatch.GetElapsedTime(since, probes[first].Started);
            }
        }

        return Afterwards;
    }

    private static TimeSpan Percentile(IEnumerable<Answered> answers, double share)
    {
        var sorted = answers.Select(static a => a.Took).Order().ToList();
        return sorted.Count == 0 ? TimeSpan.Zero : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
    }
}
