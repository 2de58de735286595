using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole.Tenancy;

/// <summary>Proves that a live feed tells of its own workspace alone while both are busy, and that ids of another workspace's fires mean nothing to it.</summary>
public sealed class LiveFeedTenancyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_feed_tells_of_its_own_workspace_alone_through_load_and_reconnects()
    {
        const int Rounds = 30;
        // As many fires as come through: no limit is what this is about.
        await using var unlimited = await ApiHost.Start(("Conclude:RateLimit:Enabled", "false"));
        var (ours, theirs) = (await TestWorkspace.Create(unlimited), await TestWorkspace.Create(unlimited));
        // The same names and the same people: only the workspace tells the two apart.
        await ours.AddMoment("exported");
        await theirs.AddMoment("exported");
        // Somebody listens there too: fires of a workspace that nobody watches are not published at all.
        await using var other = await LiveClient.Open(unlimited, theirs);
        HashSet<Guid> foreign = [];
        using CancellationTokenSource busy = new();
        var noise = Noise(theirs, foreign, busy.Token);
        HashSet<Guid> sent = [], told = [];
        Guid? last = null;

        for (var round = 0; round < Rounds; round++)
        {
            // Every other time it names, as the last that it had, one of the other workspace's newest.
            await using var feed = await LiveClient.Open(unlimited, ours, round % 2 == 0 ? last : Newest(foreign));
            var mine = Guid.CreateVersion7();
            sent.Add(mine);
            await ours.Fire($"person-{round % 3}", "exported", mine);
            while (last != mine)
            {
                last = (Guid)(await feed.Next(Patience))["id"]!;
                told.Add(last.Value);
            }
        }

        await busy.CancelAsync();
        await noise;
        Assert.Contains((Guid)(await other.Next(Patience))["id"]!, foreign);
        Assert.NotEmpty(foreign);
        Assert.Empty(told.Except(sent));
        Assert.Equal(sent, told);
    }

    [Fact]
    public async Task An_id_of_another_workspaces_fire_is_an_id_of_nothing()
    {
        var (ours, theirs) = (await TestWorkspace.Create(host), await TestWorkspace.Create(host));
        var (first, second, hidden) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await ours.Fire("b1", "opened", first);
        await theirs.Fire("b1", "opened", hidden);
        await ours.Fire("b1", "opened", second);

        // Between the two in time: were it found, the first of ours would count as had. What was missed comes with the feed's first reading.
        foreach (var last in new[] { hidden, Guid.CreateVersion7() })
        {
            await using var feed = await LiveClient.Open(host, ours, last);
            HashSet<Guid> heard = [];
            while (!heard.IsSupersetOf([first, second]))
            {
                heard.Add((Guid)(await feed.Next(Patience))["id"]!);
            }

            Assert.Equal([first, second], heard);
        }
    }

    private static Guid? Newest(HashSet<Guid> ids)
    {
        lock (ids)
        {
            return ids.Count == 0 ? null : ids.Max();
        }
    }

    private static async Task Noise(TestWorkspace workspace, HashSet<Guid> sent, CancellationToken ending)
    {
        for (var round = 0; !ending.IsCancellationRequested; round++)
        {
            var id = Guid.CreateVersion7();
            await workspace.Fire($"person-{round % 3}", "exported", id);
            lock (sent)
            {
                sent.Add(id);
            }
        }
    }
}
