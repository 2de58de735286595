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
    public async Task Counters_follow_the_ledger_without_being_read_again()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var moment = cluster.Grains.Moment(Cluster.Workspace, Some.Moment.Event);
        Assert.Equal(Counters.Zero, await moment.Totals());
        var user = UserKeys.Person("ada");
        var prompt = (await cluster.Fire(user, Some.Moment.Event)).Prompt!;
        await cluster.See(user, prompt);
        await cluster.Eventually(async () => await moment.Totals() is { Fires: 1, Prompted: 1, Seen: 1 });
    }

    [Fact]
    public async Task The_catalog_lists_a_new_name()
    {
        await using var cluster = await Cluster.Start();
        var catalog = cluster.Grains.Catalog(Cluster.Workspace);
        Assert.Empty(await catalog.Names());
        await cluster.Fire(UserKeys.Person("ada"), "page_opened");
        await cluster.Eventually(async () => await catalog.Names() is [{ Name: "page_opened", Last24Hours: 1, AllTime.Fires: 1 }]);
    }

    [Fact]
    public async Task Single_fires_flow_only_while_somebody_watches()
    {
        await using var cluster = await Cluster.Start();
        var told = new ConcurrentQueue<RecentFire>();
        var sequences = new ConcurrentQueue<long>();
        await cluster.Streams.Fires(Cluster.Workspace).SubscribeAsync((news, _) =>
        {
            sequences.Enqueue(news.Sequence);
            foreach (var fire in news.Fires)
            {
                told.Enqueue(fire);
            }

            return Task.CompletedTask;
        });
        var user = UserKeys.Person("ada");
        await cluster.Fire(user, "unwatched");
        await cluster.Eventually(async () => await cluster.Grains.Catalog(Cluster.Workspace).Names() is [{ AllTime.Fires: 1 }]);
        await cluster.Grains.Catalog(Cluster.Workspace).Watch();
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await cluster.Fire(user, "watched");
        await cluster.Eventually(() => Task.FromResult(told.Any(static f => f.Event == "watched")));
        Assert.DoesNotContain(told, static f => f.Event == "unwatched");
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await cluster.Fire(user, "watched");
        await cluster.Eventually(() => Task.FromResult(told.Count == 2));
        Assert.Equal(sequences.First() + 1, sequences.Last());
    }
}
