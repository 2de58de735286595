using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Live;
using Conclude.Grains;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves on real grains and a real store what an open page knows, how soon, and of whom.</summary>
public sealed class WorkspaceFeedTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_fire_reaches_an_open_page_with_its_verdict()
    {
        await using var circuit = host.Circuit();
        var feed = await circuit.Open(DashboardHost.Owner);
        using var watch = await feed.WatchFires();

        await Fire("acme", "seen_live");

        await Until(feed, () => feed.Fires.Any(f => f is { Event: "seen_live", Verdict: Verdict.NoMoment }));
        await Until(feed, () => feed.Events.GetValueOrDefault("seen_live")?.Counters.Fires == 1);
    }

    [Fact]
    public async Task A_moment_saved_elsewhere_appears_on_an_open_page()
    {
        await using var circuit = host.Circuit();
        var feed = await circuit.Open(DashboardHost.Owner);

        await host.Grains.Tenant("acme").AddMoment(new MomentDefinition { Event = "saved_elsewhere", Question = "How was it?" });

        await Until(feed, () => feed.Workspace.Moments.ContainsKey("saved_elsewhere"));
    }

    [Fact]
    public async Task A_page_whose_connection_is_lost_while_it_opens_has_something_to_show()
    {
        await using var circuit = host.Circuit();
        var starting = circuit.Open(DashboardHost.Owner);
        circuit.Feed.Suspend();

        var feed = await starting;

        Assert.True(feed.Started);
        Assert.Equal("acme", feed.Workspace.Workspace);
        await feed.Resume();
        Assert.False(feed.Behind);
    }

    [Fact]
    public async Task What_happened_before_the_page_opened_is_read()
    {
        await Fire("acme", "before_opening");
        await using var circuit = host.Circuit();

        var feed = await circuit.Open(DashboardHost.Owner);

        await Until(feed, () => feed.Events.ContainsKey("before_opening"));
    }

    [Fact]
    public async Task Another_workspaces_fires_never_show()
    {
        await host.AddWorkspace("globex", "other@example.com");
        await using var circuit = host.Circuit();
        var feed = await circuit.Open(DashboardHost.Owner);
        using var watch = await feed.WatchFires();

        await Fire("globex", "secret_of_globex");
        await Fire("acme", "own_event");

        await Until(feed, () => feed.Fires.Any(f => f.Event == "own_event"));
        Assert.DoesNotContain(feed.Fires, f => f.Event == "secret_of_globex");
        Assert.False(feed.Events.ContainsKey("secret_of_globex"));
    }

    [Fact]
    public async Task Who_is_no_member_learns_nothing()
    {
        await host.AddStranger("nosy@example.com");
        await using var circuit = host.Circuit();

        var feed = circuit.Feed;
        await feed.Start(new DashboardUser("nosy@example.com", "acme"));

        Assert.True(feed.Ended);
        Assert.False(feed.Started);
        Assert.Empty(feed.Events);
    }

    private async Task Fire(string workspace, string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        await host.Grains.Session(workspace, UserKeys.Person("user_1")).Fire(new FireBatch(
            [new IncomingEvent(Guid.CreateVersion7(now), name, now, TimeSpan.Zero)],
            Person.Nobody with { ExternalId = "user_1" }, AnonymousId: null, PageContext.Unknown, now, IsBot: false));
    }

    private static async Task Until(WorkspaceFeed feed, Func<bool> holds)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler look = (_, _) =>
        {
            if (holds())
            {
                held.TrySetResult();
            }
        };
        feed.Changed += look;
        look(feed, EventArgs.Empty);
        await held.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        feed.Changed -= look;
    }
}
