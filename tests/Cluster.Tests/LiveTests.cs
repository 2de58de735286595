using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;

namespace Conclude.Cluster.Tests;

/// <summary>What is fired at one silo shows within a second on every other, in the live feed and in the totals; also after a silo has gone.</summary>
public sealed class LiveTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_fire_at_one_silo_is_in_the_live_feed_and_the_totals_of_every_other_within_a_second_and_still_is_when_a_silo_was_killed()
    {
        await using var cluster = await Hosting.Cluster.Start(3);
        using var widget = new Widget();
        await using var second = await LiveListener.Open(cluster.Silos[1]);
        await using var third = await LiveListener.Open(cluster.Silos[2]);
        // The feed's first second reads the ledger; what comes after is the streams' doing.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        var (feed, totals) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var fire = 1; fire <= 12; fire++)
        {
            var (id, since) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
            Assert.NotNull(await widget.Fire(cluster.Silos[0], "report_exported", id: id));
            feed.Add(Told(await second.Heard(id, since, 2 * Promised)));
            feed.Add(Told(await third.Heard(id, since, 2 * Promised)));
            foreach (var silo in cluster.Silos)
            {
                var count = await Soon.Get(() => Counted(silo), c => c == fire, 2 * Promised);
                totals.Add(Stopwatch.GetElapsedTime(since));
                Assert.Equal(fire, count);
            }
        }

        // Whoever it was that kept the queues and knew the listeners: it goes.
        await cluster.Silos[0].Kill();
        var killed = Stopwatch.GetTimestamp();
        var healed = TimeSpan.Zero;
        for (var heard = false; !heard;)
        {
            var (id, since) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
            heard = await widget.Fire(cluster.Silos[1], "report_exported", id: id) is not null && await third.Heard(id, since, Promised) is not null;
            healed = Stopwatch.GetElapsedTime(killed);
            Assert.True(healed < TimeSpan.FromSeconds(30), "The live feed is silent since a silo was killed.\n" + cluster.LastPrinted);
        }

        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"live, 3 silos: feed of another silo {Median(feed).TotalMilliseconds:0} ms (median), {feed.Max().TotalMilliseconds:0} ms (most); totals of every silo {Median(totals).TotalMilliseconds:0} ms, {totals.Max().TotalMilliseconds:0} ms; within a second again {healed.TotalSeconds:0.0} s after a kill"));
        Assert.True(feed.Max() <= Promised, $"A fire came to another silo's feed after {feed.Max()}.\n{cluster.LastPrinted}");
        Assert.True(totals.Max() <= Promised, $"A fire was in another silo's totals after {totals.Max()}.\n{cluster.LastPrinted}");
    }

    private static TimeSpan Told(TimeSpan? heard)
    {
        Assert.NotNull(heard);
        return heard.Value;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<long> Counted(Testing.SiloProcess silo) =>
        (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray().Where(static i => (string?)i!["name"] == "report_exported").Sum(static i => (long)i!["count"]!);
}
