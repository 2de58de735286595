using System.Collections.Concurrent;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
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

    [Fact]
    public async Task A_workspace_hears_of_itself_alone()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        string[] workspaces = [Cluster.Workspace, "globex"];
        Assert.True(await cluster.Grains.Tenant(workspaces[1]).Create(new NewWorkspace(
            "Globex", PlanLimits.SelfHosted, "owner@globex.com", [ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), cluster.Time.GetUtcNow())], "secret")));
        Assert.Equal(SaveStatus.Saved, (await cluster.Grains.Tenant(workspaces[1]).AddMoment(Some.Moment)).Status);
        ConcurrentQueue<(string By, string What)> heard = [];
        foreach (var workspace in workspaces)
        {
            await cluster.Streams.Totals(workspace).SubscribeAsync((news, _) => Hear(workspace, news.Totals.Select(static t => "total of " + t.Event)));
            await cluster.Streams.Fires(workspace).SubscribeAsync((news, _) => Hear(workspace, news.Fires.Select(static f => "fire of " + f.Event)));
            await cluster.Streams.Answers(workspace).SubscribeAsync((news, _) => Hear(workspace, news.PromptIds.Select(static id => $"answer {id}")));
        }

        // In turns: what one would have been told of the other is in its stream before the next of its own.
        HashSet<(string By, string What)> own = [];
        for (var turn = 0; turn < 6; turn++)
        {
            var workspace = workspaces[turn % 2];
            var name = $"of_{workspace}_{turn}";
            var catalog = cluster.Grains.Catalog(workspace);
            await catalog.Watch();
            var session = cluster.Grains.Session(workspace, UserKeys.Person($"ada-{turn / 2}"));
            var prompt = (await session.Fire(Batch(Some.Moment.Event))).Answers[0].Prompt!;
            Assert.Equal(AnswerStatus.Done, (await session.Answer(new PromptAnswer(prompt.Id, PromptStep.Reaction, Reaction: Reaction.Positive))).Status);
            (string, string)[] news = [(workspace, "total of " + name), (workspace, "fire of " + name), (workspace, $"answer {prompt.Id}")];
            own.UnionWith(news);
            await cluster.Eventually(async () =>
            {
                // Each silo's publisher believes for a second that nobody watches.
                cluster.Time.Advance(TimeSpan.FromSeconds(1));
                await catalog.Watch();
                await session.Fire(Batch(name));
                return news.All(heard.Contains);
            });
        }

        Assert.Empty(heard.Where(h => !h.What.EndsWith(Some.Moment.Event, StringComparison.Ordinal)).Except(own));

        FireBatch Batch(string name) => cluster.Batch(person: null, anonymousId: null, new IncomingEvent(Guid.CreateVersion7(), name, cluster.Time.GetUtcNow(), TimeSpan.Zero));

        Task Hear(string workspace, IEnumerable<string> news)
        {
            foreach (var what in news)
            {
                heard.Enqueue((workspace, what));
            }

            return Task.CompletedTask;
        }
    }
}
