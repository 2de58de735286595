using System.Collections.Concurrent;
using Conclude.Grains.Live;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Ledger;
using Orleans.Streams;

namespace Conclude.Grains.Tests.Live;

/// <summary>Proves that commits reach the moment's counters, the catalog and a watching page.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Counters_hold_what_was_acknowledged_before_the_question()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var moment = cluster.Grains.Moment(Cluster.Workspace, Some.Moment.Event);
        Assert.Equal(Counters.Zero, await moment.Totals());
        var user = UserKeys.Person("ada");
        var prompt = (await cluster.Fire(user, Some.Moment.Event)).Prompt!;
        await cluster.See(user, prompt);
        await cluster.HoldsOnceTold(async () => await moment.Totals() is { Fires: 1, Prompted: 1, Seen: 1 });
    }

    [Fact]
    public async Task The_catalog_lists_a_new_name_at_once()
    {
        await using var cluster = await Cluster.Start();
        var catalog = cluster.Grains.Catalog(Cluster.Workspace);
        Assert.Empty(await catalog.Names());
        await cluster.Fire(UserKeys.Person("ada"), "page_opened");
        await cluster.HoldsOnceTold(async () => await catalog.Names() is [{ Name: "page_opened", Last24Hours: 1, AllTime.Fires: 1 }]);
    }

    [Fact]
    public async Task Single_fires_flow_only_while_somebody_watches()
    {
        await using var cluster = await Cluster.Start();
        var told = new ConcurrentQueue<RecentFire>();
        var sequences = new ConcurrentQueue<long>();
        await cluster.Streams.Fires(Cluster.Workspace).SubscribeAsync((news, _) =>
        {
            if (news.Fires.Any(static f => f.Event == "watched"))
            {
                sequences.Enqueue(news.Sequence);
            }

            foreach (var fire in news.Fires)
            {
                told.Enqueue(fire);
            }

            return Task.CompletedTask;
        });
        var totals = new ConcurrentQueue<string>();
        await cluster.Streams.Totals(Cluster.Workspace).SubscribeAsync((news, _) =>
        {
            foreach (var name in news.Totals)
            {
                totals.Enqueue(name.Event);
            }

            return Task.CompletedTask;
        });
        var user = UserKeys.Person("ada");
        var catalog = cluster.Grains.Catalog(Cluster.Workspace);
        foreach (var name in new[] { "unwatched", "after" })
        {
            // Totals of the second come after everything that is told of the first.
            await cluster.Fire(user, name);
            await cluster.Eventually(() => Task.FromResult(totals.Contains(name)));
        }

        for (var watched = 1; watched <= 2; watched++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await catalog.Watch();
            await cluster.Fire(user, "watched");
            await cluster.Eventually(async () =>
            {
                await catalog.Watch();
                return told.Count(static f => f.Event == "watched") == watched;
            });
        }

        Assert.DoesNotContain(told, static f => f.Event == "unwatched");
        Assert.Equal(sequences.First() + 1, sequences.Last());
    }
}
