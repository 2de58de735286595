using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves that a workspace's document changes once, in order, and is in force in this process when the change is answered.</summary>
public sealed class TenantGrainTests
{
    [Fact]
    public async Task A_saved_moment_is_in_force_at_once_in_this_process()
    {
        await using var cluster = await Cluster.Start();
        Assert.Empty((await cluster.Snapshots.Get(Cluster.Workspace))!.Moments);
        await cluster.Tenant.AddMoment(Some.Moment);
        Assert.True((await cluster.Snapshots.Get(Cluster.Workspace))!.Moments.ContainsKey(Some.Moment.Event));
        Assert.True(cluster.Snapshots.Peek(Cluster.Workspace)!.Moments.ContainsKey(Some.Moment.Event));
    }

    [Fact]
    public async Task The_second_of_two_admins_is_told_that_it_changed()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var read = (await cluster.Tenant.Snapshot())!.Moments[Some.Moment.Event];
        Assert.Equal(SaveStatus.Saved, (await cluster.Tenant.ReplaceMoment(read with { Question = "First?" }, read.Version)).Status);
        var second = await cluster.Tenant.ReplaceMoment(read with { Question = "Second?" }, read.Version);
        Assert.Equal((SaveStatus.Changed, "First?"), (second.Status, second.Moment!.Question));
        Assert.Equal(SaveStatus.Changed, await cluster.Tenant.RemoveMoment(read.Event, read.Version));
    }

    [Fact]
    public async Task The_same_event_is_a_moment_once()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        Assert.Equal(SaveStatus.Exists, (await cluster.Tenant.AddMoment(Some.Moment)).Status);
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.RemoveMoment(Some.Moment.Event, null));
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.RemoveMoment(Some.Moment.Event, null));
        Assert.Equal(SaveStatus.NotFound, (await cluster.Tenant.ReplaceMoment(Some.Moment, null)).Status);
    }

    [Fact]
    public async Task A_moment_out_of_bounds_changes_nothing()
    {
        await using var cluster = await Cluster.Start();
        var refused = await cluster.Tenant.AddMoment(Some.Moment with { SamplingRate = 101 });
        Assert.Equal((SaveStatus.Invalid, "samplingRate"), (refused.Status, refused.Errors.Keys.Single()));
        Assert.Equal(1, (await cluster.Tenant.Snapshot())!.Version);
    }

    [Fact]
    public async Task A_workspace_and_its_moments_outlive_a_restart()
    {
        await using var cluster = await Cluster.Start(Some.Moment with { Audience = [new("trait.plan", AudienceOperator.Is, "pro")] });
        var before = (await cluster.Tenant.Snapshot())!;
        await cluster.Restart();
        var after = (await cluster.Tenant.Snapshot())!;
        Assert.Equal((before.Version, before.Keys[0], before.Members[0]), (after.Version, after.Keys[0], after.Members[0]));
        Assert.Equal(before.Moments[Some.Moment.Event].Audience[0], after.Moments[Some.Moment.Event].Audience[0]);
        Assert.False(await cluster.Tenant.Create(new("again", PlanLimits.SelfHosted, "x@y.z", [], "")));
    }

    [Fact]
    public async Task A_workspace_whose_owner_could_not_join_is_made_by_the_next_try()
    {
        await using var cluster = await Cluster.Start();
        var keys = new[] { ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), cluster.Time.GetUtcNow()) };
        var workspace = new NewWorkspace("Half", PlanLimits.SelfHosted, " ", [.. keys], "secret");
        var tenant = cluster.Grains.Tenant("half");
        await Assert.ThrowsAnyAsync<Exception>(() => tenant.Create(workspace));
        Assert.Null(await tenant.Snapshot());
        Assert.True(await tenant.Create(workspace with { OwnerEmail = "grace@acme.com" }));
        Assert.Equal(["half"], (await cluster.Grains.Account("grace@acme.com").Find())!.Workspaces);
    }

    [Fact]
    public async Task A_key_belongs_to_one_workspace()
    {
        await using var cluster = await Cluster.Start();
        var key = (await cluster.Tenant.Snapshot())!.Keys[0];
        Assert.Equal(new KeyOwner(Cluster.Workspace, key.Id, KeyKind.Publishable), await cluster.Grains.Key(key.Hash).Find());
        Assert.False(await cluster.Grains.Key(key.Hash).Assign(new("other", key.Id, KeyKind.Publishable)));
        Assert.Null(await cluster.Grains.Key(ApiKeys.Hash("pk_live_guess")).Find());
    }

    [Fact]
    public async Task A_request_that_outlives_its_process_is_one_to_send_again()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Snapshots.StopAsync(TestContext.Current.CancellationToken);
        cluster.Time.Advance(WorkspaceSnapshots.ConfirmedFor);
        await Assert.ThrowsAsync<SiloUnavailableException>(async () => await cluster.Snapshots.Get(Cluster.Workspace));
    }

    [Fact]
    public async Task An_unknown_workspace_has_no_snapshot()
    {
        await using var cluster = await Cluster.Start();
        Assert.Null(await cluster.Snapshots.Get("nobody"));
        Assert.Throws<ArgumentException>(() => cluster.Grains.Tenant("acme/../other"));
    }

    [Fact]
    public async Task A_name_is_blocked_until_it_is_unblocked_or_becomes_a_moment()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        Assert.Equal(SaveStatus.Exists, await cluster.Tenant.BlockName(Author.Operator, Some.Moment.Event));
        Assert.Equal(SaveStatus.Invalid, await cluster.Tenant.BlockName(Author.Operator, "no spaces"));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.BlockName(Author.Operator, "noise"));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.BlockName(Author.Operator, "noise"));
        Assert.True((await cluster.Snapshots.Get(Cluster.Workspace))!.IsBlocked("noise"));
        await cluster.Restart();
        Assert.True((await cluster.Tenant.Snapshot())!.IsBlocked("noise"));
        Assert.Equal(SaveStatus.Saved, (await cluster.Tenant.AddMoment(Some.Moment with { Event = "noise" })).Status);
        Assert.False((await cluster.Tenant.Snapshot())!.IsBlocked("noise"));
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.UnblockName(Author.Operator, "noise"));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.BlockName(Author.Operator, "more"));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.UnblockName(Author.Operator, "more"));
        Assert.False((await cluster.Tenant.Snapshot())!.IsBlocked("more"));
    }

    [Fact]
    public async Task Five_hundred_names_are_blocked_and_no_more()
    {
        await using var cluster = await Cluster.Start();
        for (var i = 0; i < WorkspaceSnapshot.MaxBlockedNames; i++)
        {
            Assert.Equal(SaveStatus.Saved, await cluster.Tenant.BlockName(Author.Operator, $"noise_{i}"));
        }

        Assert.Equal(SaveStatus.PlanLimit, await cluster.Tenant.BlockName(Author.Operator, "one_more"));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.BlockName(Author.Operator, "noise_0"));
    }

    [Fact]
    public async Task A_moment_keeps_the_time_at_which_it_was_made()
    {
        await using var cluster = await Cluster.Start();
        var made = (await cluster.Tenant.AddMoment(Some.Moment)).Moment!;
        Assert.Equal(cluster.Time.GetUtcNow(), made.CreatedAt);
        cluster.Time.Advance(TimeSpan.FromHours(1));
        var replaced = (await cluster.Tenant.ReplaceMoment(Some.Moment with { Question = "And now?" }, made.Version)).Moment!;
        Assert.Equal(made.CreatedAt, replaced.CreatedAt);
    }
}
