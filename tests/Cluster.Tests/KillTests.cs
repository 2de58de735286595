using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;

namespace Conclude.Cluster.Tests;

/// <summary>A silo of three is killed with -9 under load: nothing acknowledged is lost or counted twice, and failed calls heal by being sent again.</summary>
[Collection(Timed.Name)]
public sealed class KillTests
{
    private static readonly TimeSpan HealedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Calls_that_fail_because_a_silo_was_killed_heal_within_five_seconds_and_count_once()
    {
        await using var cluster = await Hosting.Cluster.Start(3);
        await using var load = cluster.Load();
        await load.Recovered(Stopwatch.GetTimestamp());
        var rate = await load.Rate(TimeSpan.FromSeconds(1));
        var waits = new List<TimeSpan>();
        foreach (var silo in new[] { cluster.Silos[0], cluster.Silos[2] })
        {
            load.ForgetWaits();
            var killed = Stopwatch.GetTimestamp();
            // What was on its way to the process itself.
            await silo.Kill();
            load.Route(cluster.Without(silo));
            load.Journal.ConnectionsMayFail(killed, Stopwatch.GetTimestamp());
            if (waits.Count == 0)
            {
                // Longer than anybody may wait: the others manage without it.
                await Task.Delay(HealedWithin + TimeSpan.FromSeconds(0.5));
                waits.Add(load.LongestWait);
                await silo.Run();
            }
            else
            {
                // Its supervisor starts it at once, while the others do not know yet that the one before is gone.
                await silo.Run();
                await Task.Delay(HealedWithin - Min(Stopwatch.GetElapsedTime(killed), HealedWithin));
                waits.Add(load.LongestWait);
            }

            load.Route(cluster.Addresses);
            await load.Recovered(Stopwatch.GetTimestamp());
        }

        await load.Drain();
        var complaints = await cluster.Judge(load.Journal, TimeSpan.FromSeconds(32));
        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"kill -9 of one of 3 silos, twice: {rate:0} acknowledgements/s, {load.Journal.Acknowledged} in all, longest wait of a page {string.Join(" and ", waits.Select(static w => $"{w.TotalSeconds:0.0} s"))}, {load.Journal.Answers.Count(static a => !a.IsSuccess)} failed calls"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
        Assert.All(waits, w => Assert.True(w <= HealedWithin, $"A page waited {w}.\n{cluster.LastPrinted}"));
        Assert.True(load.Journal.Acknowledged > 500, "There was no load to speak of.");
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
