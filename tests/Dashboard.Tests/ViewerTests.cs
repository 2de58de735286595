using System.Net;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Members;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.ObservedEvents;
using Conclude.Dashboard.Privacy;
using Conclude.Dashboard.Settings;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that no route and no action of an open page lets a viewer, or somebody signed out, change anything, whatever the page believes.</summary>
public sealed class ViewerTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly MomentDefinition Moment = new() { Event = "exported", Question = "How was it?" };

    /// <summary>All that pages can do to the workspace. A new action belongs here.</summary>
    private static readonly Func<OpenCircuit, Task<string?>>[] Actions =
    [
        static async c => (await c.Get<MomentEditor>().Add(Moment with { Event = $"e{Guid.NewGuid():N}" })).Problem,
        static async c => (await c.Get<MomentEditor>().Replace(Moment with { Question = "Mine?" }, c.Feed.Workspace.Moments[Moment.Event].Version)).Problem,
        static async c => (await c.Get<MomentEditor>().Remove(c.Feed.Workspace.Moments[Moment.Event])).Problem,
        static async c => (await c.Get<WorkspaceEditor>().Save(c.Feed.Workspace.Settings with { QuietPeriodHours = 99 }, c.Feed.Workspace.Settings)).Problem,
        static async c => (await c.Get<WorkspaceEditor>().AddKey(KeyKind.Secret)).Outcome.Problem,
        static async c => (await c.Get<WorkspaceEditor>().RevokeKey(c.Feed.Workspace.Keys[0])).Problem,
        static async c => (await c.Get<MemberEditor>().Invite("acme", "mallory@example.com", MemberRole.Owner)).Outcome.Problem,
        static async c => (await c.Get<MemberEditor>().ChangeRole(c.Feed.Workspace.FindMember(DashboardHost.Owner)!, MemberRole.Viewer)).Problem,
        static async c => (await c.Get<MemberEditor>().Remove(c.Feed.Workspace.FindMember(DashboardHost.Owner)!)).Problem,
        static async c => (await c.Get<MemberEditor>().Revoke(Assert.Single(await c.Get<IGrainFactory>().Tenant("acme").Invites()))).Problem,
        static c => c.Get<NameEditor>().Block("noise"),
        static async c => (await c.Get<PersonErasure>().Erase("u:ada")).Problem,
        // As if the page believed that its account may edit.
        static async c => await c.Get<WorkspaceEdits>().RunForAnybody<string?>(static async t => (await t.ReplaceSettings(WorkspaceSettings.Default with { QuietPeriodHours = 99 })).ToString(), "refused", "broken"),
        static async c => await c.Get<WorkspaceEdits>().RunForAnybody<string?>(static async t => (await t.NoteErasure("u:ada")).ToString(), "refused", "broken"),
    ];

    [Fact]
    public async Task No_action_of_an_open_page_changes_anything_for_a_viewer()
    {
        await Prepare();
        await host.AddMember("viewer@example.com", MemberRole.Viewer);
        await using var circuit = host.Circuit();
        await circuit.SignIn("viewer@example.com");
        await AssertNothingChanges(circuit);
    }

    [Fact]
    public async Task No_action_changes_anything_for_an_owner_whose_session_was_ended()
    {
        await Prepare();
        await host.AddMember("gone@example.com", MemberRole.Owner);
        await using var circuit = host.Circuit();
        var feed = await circuit.SignIn("gone@example.com");
        Assert.True(feed.CanEdit);
        await host.Grains.Account("gone@example.com").EndSession(circuit.Session);
        await AssertNothingChanges(circuit);
    }

    [Fact]
    public async Task A_page_that_has_not_heard_of_its_new_role_changes_nothing()
    {
        await Prepare();
        await host.AddMember("demoted@example.com", MemberRole.Admin);
        await using var circuit = host.Circuit();
        var feed = await circuit.SignIn("demoted@example.com");
        await host.Grains.Tenant("acme").ChangeRole(Author.Operator, "demoted@example.com", MemberRole.Viewer);

        var before = (await host.Grains.Tenant("acme").Snapshot())!;
        Assert.NotNull((await circuit.Get<WorkspaceEditor>().Save(feed.Workspace.Settings with { QuietPeriodHours = 99 }, feed.Workspace.Settings)).Problem);
        Assert.Equal(before.Version, (await host.Grains.Tenant("acme").Snapshot())!.Version);
        Assert.False(feed.CanEdit);
    }

    [Fact]
    public async Task Who_was_removed_has_no_open_page()
    {
        await host.AddMember("removed@example.com", MemberRole.Admin);
        await using var circuit = host.Circuit();
        var feed = await circuit.SignIn("removed@example.com");
        var ended = new TaskCompletionSource();
        feed.Changed += (_, _) =>
        {
            if (feed.Ended)
            {
                ended.TrySetResult();
            }
        };

        await host.Grains.Tenant("acme").RemoveMember(Author.Operator, "removed@example.com");

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.NotNull((await circuit.Get<MomentEditor>().Add(Moment with { Event = "late" })).Problem);
    }

    [Fact]
    public async Task No_route_takes_a_form_that_is_not_of_its_own_page()
    {
        await Prepare();
        await host.AddMember("crafty@example.com", MemberRole.Viewer);
        using var browser = host.Browser();
        await browser.SignIn("crafty@example.com", DashboardHost.Password);
        var before = (await host.Grains.Tenant("acme").Snapshot())!.Version;
        var routes = host.PostRoutes.Where(static r => !r.StartsWith("/_blazor", StringComparison.Ordinal)).ToArray();
        Assert.Contains("/workspace", routes);
        Assert.Contains("/sign-out/everywhere", routes);
        foreach (var route in routes)
        {
            var answer = await browser.PostAsync(route.Replace("{Event}", "exported", StringComparison.OrdinalIgnoreCase), new FormUrlEncodedContent([new("workspace", "acme"), new("Input.End", "x")]));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{route}: {answer.StatusCode}");
        }

        Assert.Equal(before, (await host.Grains.Tenant("acme").Snapshot())!.Version);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
    }

    private async Task Prepare()
    {
        await host.Grains.Tenant("acme").AddMoment(Author.Operator, Moment);
        if ((await host.Grains.Tenant("acme").Invites()).IsEmpty)
        {
            await host.Grains.Tenant("acme").Invite(Author.Operator, "open@example.com", MemberRole.Viewer, "hash");
        }
    }

    private async Task AssertNothingChanges(OpenCircuit circuit)
    {
        var before = (await host.Grains.Tenant("acme").Snapshot())!;
        for (var i = 0; i < Actions.Length; i++)
        {
            var problem = await Actions[i](circuit);
            Assert.True(problem is not null and not "Saved" and not "broken", $"Action {i}: {problem}");
        }

        Assert.Equal(before.Version, (await host.Grains.Tenant("acme").Snapshot())!.Version);
    }
}
