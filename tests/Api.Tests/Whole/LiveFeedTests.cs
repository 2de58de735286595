using System.Net;
using Conclude.Api.ObservedEvents;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: the live feed tells each fire once, soon, with its verdict, and ends when it should.</summary>
public sealed class LiveFeedTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_fire_is_told_within_a_second_with_its_verdict_and_nothing_old_is()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { cooldownHours = 24 });
        await workspace.Fire("earlier", "exported");
        await using var feed = await LiveClient.Open(host, workspace);

        // At once after connecting, when the publisher may not know yet that somebody watches; and later.
        for (var round = 0; round < 3; round++)
        {
            var (first, second, test) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            await workspace.Fire(new { externalId = $"ada-{round}", email = $"ada-{round}@acme.com" }, "exported", first);
            await workspace.Fire(new { externalId = $"ada-{round}" }, "opened", second);
            await workspace.Fire("b1", "exported", test, workspace.Test);

            var told = new[] { await feed.Next(Soon), await feed.Next(Soon), await feed.Next(Soon) }.ToDictionary(static f => (Guid)f["id"]!);
            Assert.Equal(("exported", "shown", $"ada-{round}@acme.com"), ((string?)told[first]["name"], (string?)told[first]["verdict"], (string?)told[first]["user"]));
            Assert.Equal(("opened", "no_moment"), ((string?)told[second]["name"], (string?)told[second]["verdict"]));
            Assert.True((bool)told[test]["test"]!);
            Assert.False(told[first].AsObject().ContainsKey("test"));
            Assert.True(told[first].AsObject().ContainsKey("until"));
            Assert.InRange((DateTimeOffset)told[first]["at"]!, host.Time.GetUtcNow().AddMinutes(-1), host.Time.GetUtcNow());
        }

        await Assert.ThrowsAnyAsync<TimeoutException>(() => feed.Next(TimeSpan.FromMilliseconds(900)));
    }

    [Fact]
    public async Task A_client_that_reconnects_is_told_what_it_missed_once()
    {
        var workspace = await TestWorkspace.Create(host);
        var last = Guid.CreateVersion7();
        await workspace.Fire("b1", "old");
        await workspace.Fire("b1", "had", last);
        await workspace.Fire("b1", "missed_1");
        await workspace.Fire("b1", "missed_2");
        await using var feed = await LiveClient.Open(host, workspace, last);
        await workspace.Fire("b1", "new");
        Assert.Equal(
            ["missed_1", "missed_2", "new"],
            new[] { await feed.Next(Soon), await feed.Next(Soon), await feed.Next(Soon) }.Select(static f => (string?)f["name"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workspace_hears_nothing_of_another()
    {
        var (ours, theirs) = (await TestWorkspace.Create(host), await TestWorkspace.Create(host));
        await using var feed = await LiveClient.Open(host, ours);
        // Fires of a workspace that nobody watches are not published at all.
        await using var other = await LiveClient.Open(host, theirs);
        await theirs.Fire("b1", "theirs");
        Assert.Equal("theirs", (string?)(await other.Next(Soon))["name"]);
        await ours.Fire("b1", "ours");
        Assert.Equal("ours", (string?)(await feed.Next(Soon))["name"]);
        await Assert.ThrowsAnyAsync<TimeoutException>(() => feed.Next(TimeSpan.FromMilliseconds(900)));
    }

    [Fact]
    public async Task A_burst_is_told_whole_however_slowly_it_is_read()
    {
        var workspace = await TestWorkspace.Create(host);
        await using var feed = await LiveClient.Open(host, workspace);
        var sent = new HashSet<Guid>();
        for (var batch = 0; batch < 9; batch++)
        {
            var events = Enumerable.Range(0, 100).Select(_ => new { id = Guid.CreateVersion7(), name = "opened" }).ToArray();
            sent.UnionWith(events.Select(static e => e.id));
            (await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events })).Dispose();
        }

        var told = new HashSet<Guid>();
        while (told.Count < sent.Count)
        {
            Assert.True(told.Add((Guid)(await feed.Next(TimeSpan.FromSeconds(5)))["id"]!), "A fire was told twice.");
        }

        Assert.Equal(sent, told);
    }

    [Fact]
    public async Task A_key_holds_no_more_than_its_share_of_connections()
    {
        var workspace = await TestWorkspace.Create(host);
        var feeds = new List<LiveClient>();
        for (var i = 0; i < LiveConnections.MaxPerKey; i++)
        {
            feeds.Add(await LiveClient.Open(host, workspace));
        }

        using (var refused = await workspace.Managed(HttpMethod.Get, "observed-events/live"))
        {
            Assert.NotNull(refused.Headers.RetryAfter);
            await TestWorkspace.Problem(refused, 429, "rate_limited");
        }

        foreach (var feed in feeds)
        {
            await feed.DisposeAsync();
        }

        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/api/v1/observed-events/live"));
            request.Headers.Add("x-conclude-api-key", workspace.SecretKey);
            using var again = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (again.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "The places were not given back.");
        }
    }

    [Fact]
    public async Task A_silent_feed_gives_a_sign_of_life()
    {
        await using var own = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(own);
        await using var feed = await LiveClient.Open(own, workspace);
        own.Time.Advance(TimeSpan.FromSeconds(15));
        // The feed waits on real timers; the next one that wakes it is the first reading.
        await feed.Comment("", TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Open_feeds_do_not_hold_up_a_shutdown()
    {
        await using var own = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(own);
        await using var feed = await LiveClient.Open(own, workspace);
        var started = TimeProvider.System.GetTimestamp();
        await own.Stop();
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
    }
}
