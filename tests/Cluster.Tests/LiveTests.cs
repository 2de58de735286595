using System.Diagnostics;
using System.Globalization;
using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing;

namespace Conclude.Cluster.Tests;

/// <summary>What is fired at one silo shows within a second on every other, in the live feed and in the totals; also after a silo has gone.</summary>
[Collection(Timed.Name)]
public sealed class LiveTests(ChromiumFixture chromium)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_fire_at_one_silo_is_in_the_live_feed_and_the_totals_of_every_other_within_a_second_and_still_is_when_a_silo_was_killed()
    {
        await using var cluster = await Hosting.Cluster.Start(3);
        using var widget = new Widget();
        await using var second = await LiveListener.Open(cluster.Silos[1]);
        await using var third = await LiveListener.Open(cluster.Silos[2]);
        // The feed's first second reads the ledger, and the first fire of a cluster finds nothing compiled; then it is the streams' doing.
        Assert.NotNull(await widget.Fire(cluster.Silos[0], "report_exported"));
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (feed, totals) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var fire = 2; fire <= 13; fire++)
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

    [Fact]
    public async Task A_dashboard_at_one_silo_shows_within_a_second_what_was_fired_at_another()
    {
        await using var cluster = await Hosting.Cluster.Start(2);
        using var widget = new Widget();
        Assert.NotNull(await widget.Fire(cluster.Silos[0], "report_exported"));
        await using var browser = await chromium.Browser.NewContextAsync();
        var page = await browser.NewPageAsync();
        await page.SignIn(cluster.Silos[1]);
        await page.Row("moment-row", "report_exported").ShowsCount("moment-fires", 1);
        // The page listens before it reads once more, a second after it opened.
        await page.WaitForTimeoutAsync(1500);
        var shown = new List<TimeSpan>();
        for (var fires = 2; fires <= 8; fires++)
        {
            var seen = page.EvaluateAsync<long>("""
                count => new Promise(resolve => {
                  const row = '[data-testid=moment-row][data-event=report_exported] [data-testid=moment-fires]';
                  const look = () => document.querySelector(row)?.textContent.trim() === count && resolve(Date.now());
                  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
                  look();
                })
                """, fires.ToString(CultureInfo.InvariantCulture)).WaitAsync(TimeSpan.FromSeconds(10));
            var since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            Assert.NotNull(await widget.Fire(cluster.Silos[0], "report_exported"));
            shown.Add(TimeSpan.FromMilliseconds(await seen - since));
            await page.WaitForTimeoutAsync(300);
        }

        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"dashboard of another silo: {Median(shown).TotalMilliseconds:0} ms (median), {shown.Max().TotalMilliseconds:0} ms (most)"));
        Assert.True(shown.Max() <= Promised, $"A fire showed on another silo's dashboard after {shown.Max()}.\n{cluster.LastPrinted}");
    }

    private static TimeSpan Told(TimeSpan? heard)
    {
        Assert.NotNull(heard);
        return heard.Value;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<long> Counted(SiloProcess silo) =>
        (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray().Where(static i => (string?)i!["name"] == "report_exported").Sum(static i => (long)i!["count"]!);
}
