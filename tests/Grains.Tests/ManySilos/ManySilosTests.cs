using System.Collections.Concurrent;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Conclude.Grains.Tests.ManySilos;

/// <summary>Proves on three silos, each with a ledger writer and snapshots of its own, that it does not matter which one a request or a page meets.</summary>
public sealed class ManySilosTests
{
    private const int Silos = 3;

    [Fact]
    public async Task A_saved_moment_is_in_force_on_every_silo_when_the_save_is_answered()
    {
        await using var cluster = await Cluster.StartOn(Silos);
        for (var silo = 0; silo < Silos; silo++)
        {
            Assert.Empty((await cluster.SnapshotsOf(silo).Get(Cluster.Workspace))!.Moments);
        }

        await cluster.Tenant.AddMoment(Some.Moment);
        Assert.All(Enumerable.Range(0, Silos), silo => Assert.True(cluster.SnapshotsOf(silo).Peek(Cluster.Workspace)!.Moments.ContainsKey(Some.Moment.Event)));
    }

    [Fact]
    public async Task A_plan_is_in_force_on_every_silo_when_its_change_is_answered()
    {
        await using var cluster = await Cluster.StartOn(Silos);
        for (var silo = 0; silo < Silos; silo++)
        {
            Assert.Equal(0, (await cluster.SnapshotsOf(silo).Get(Cluster.Workspace))!.Plan.EventsPerMonth);
        }

        await cluster.Tenant.ChangePlan(Author.Operator, new PlanLimits("small", 10, 1, 1, 30, 5));
        Assert.All(Enumerable.Range(0, Silos), silo => Assert.Equal(10, cluster.SnapshotsOf(silo).Peek(Cluster.Workspace)!.Plan.EventsPerMonth));
    }

    [Fact]
    public async Task A_silo_that_was_told_nothing_reads_again_a_second_later()
    {
        await using var cluster = await Cluster.StartOn(Silos);
        var snapshots = cluster.SnapshotsOf(2);
        Assert.Empty((await snapshots.Get(Cluster.Workspace))!.Moments);
        // The next activation knows no silo that it could tell.
        await cluster.End(cluster.Tenant);
        await cluster.Tenant.AddMoment(Some.Moment);
        Assert.Empty(snapshots.Peek(Cluster.Workspace)!.Moments);
        cluster.Time.Advance(WorkspaceSnapshots.ConfirmedFor);
        Assert.True((await snapshots.Get(Cluster.Workspace))!.Moments.ContainsKey(Some.Moment.Event));
    }

    [Fact]
    public async Task The_catalogs_answer_holds_what_every_silo_committed_and_is_the_same_on_each()
    {
        await using var cluster = await Cluster.StartOn(Silos, Some.Moment);
        Assert.All(await Answers(cluster), Assert.Empty);
        for (var silo = 0; silo < Silos; silo++)
        {
            await Append(cluster, silo, Some.Moment.Event);
        }

        await cluster.Eventually(async () => (await Answers(cluster)).All(static names => names is [{ AllTime.Fires: Silos }]));
        await cluster.Eventually(async () => await cluster.Grains.Moment(Cluster.Workspace, Some.Moment.Event).Totals() is { Fires: Silos });
    }

    [Fact]
    public async Task A_page_on_one_silo_hears_of_fires_that_every_other_committed()
    {
        await using var cluster = await Cluster.StartOn(Silos);
        var (heard, writers) = (new ConcurrentDictionary<Guid, string>(), new ConcurrentDictionary<Guid, bool>());
        await cluster.Process(1).GetStreams().Fires(Cluster.Workspace).SubscribeAsync((news, _) =>
        {
            writers[news.Writer] = true;
            foreach (var fire in news.Fires)
            {
                heard[fire.Id] = fire.Event;
            }

            return Task.CompletedTask;
        });
        var catalog = cluster.Grains.Catalog(Cluster.Workspace);
        await cluster.Eventually(async () =>
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(500));
            await catalog.Watch();
            for (var silo = 0; silo < Silos; silo++)
            {
                await Append(cluster, silo, $"at_{silo}");
            }

            return writers.Count == Silos;
        });
        Assert.All(Enumerable.Range(0, Silos), silo => Assert.Contains($"at_{silo}", heard.Values));
    }

    [Fact]
    public async Task One_person_on_all_silos_is_asked_once()
    {
        await using var cluster = await Cluster.StartOn(Silos, Some.Moment);
        var ada = UserKeys.Person("ada");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => cluster.Fire(ada, Some.Moment.Event))));
        Assert.Equal(59, answers.Count(static a => a.Verdict == Verdict.LeaseHeld));
        var prompt = Assert.Single(answers, static a => a.Prompt is not null).Prompt!;
        var seen = await Task.WhenAll(Enumerable.Range(0, 9).Select(view =>
            cluster.Process(view % Silos).GetRequiredService<IGrainFactory>().Session(Cluster.Workspace, ada).Answer(new PromptAnswer(prompt.Id, PromptStep.Seen, View: $"view-{view}"))));
        Assert.Single(seen, static outcome => outcome.Status == AnswerStatus.Done);
        Assert.Equal(60, Assert.Single(await cluster.Ledger.ReadNames(Cluster.Workspace, null, cluster.Time.GetUtcNow())).AllTime.Fires);
    }

    private static Task<ObservedEvent[][]> Answers(Cluster cluster) => Task.WhenAll(Enumerable.Range(0, Silos).Select(async silo =>
        (await cluster.Process(silo).GetRequiredService<IGrainFactory>().Catalog(Cluster.Workspace).Names()).ToArray()));

    private static async Task Append(Cluster cluster, int silo, string name)
    {
        var now = cluster.Time.GetUtcNow();
        await cluster.Process(silo).GetRequiredService<ILedger>().Append(
        [
            new Fire
            {
                Workspace = Cluster.Workspace, Id = Guid.CreateVersion7(), Event = name, UserKey = "u:ada", At = now, ReceivedAt = now,
                Verdict = Verdict.NoMoment, Limits = FireLimits.None,
            },
        ]);
    }
}
