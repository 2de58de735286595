using System.Net;
using System.Security.Cryptography;
using System.Text;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP, on the real store: a person is asked at most once, however many pages, browsers, retries and restarts there are.</summary>
public sealed class AskedOnceTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Sixty_concurrent_fires_of_three_moments_from_different_browsers_give_exactly_one_live_prompt()
    {
        var workspace = await TestWorkspace.Create(host);
        string[] moments = ["exported", "imported", "shared"];
        foreach (var moment in moments)
        {
            await workspace.AddMoment(moment);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            workspace.Fire(new { externalId = "ada", anonymousId = $"browser-{i}" }, moments[i % 3])));

        Assert.Single(answers, a => a["prompt"] is not null);
        Assert.All(answers, a => Assert.Equal(1, (int)a["accepted"]!));
        var stats = await Task.WhenAll(moments.Select(workspace.Stats));
        Assert.Equal(60, stats.Sum(s => (int)s["totals"]!["fires"]!));
        Assert.Equal(1, stats.Sum(s => (int)s["totals"]!["prompted"]!));
        Assert.Equal(59, stats.Sum(s => (int)s["verdicts"]!["lease_held"]!));
    }

    [Fact]
    public async Task A_retried_event_id_gets_the_same_prompt_with_the_seconds_that_remain_and_later_none()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var id = Guid.CreateVersion7();

        var first = await workspace.Fire("b1", "exported", id);
        Assert.Equal(120, (int)first["prompt"]!["leaseSeconds"]!);
        Assert.Equal("exported", (string?)first["prompt"]!["event"]);
        Assert.Equal("How was exported?", (string?)first["prompt"]!["question"]);

        host.Time.Advance(TimeSpan.FromSeconds(60));
        var retried = await workspace.Fire("b1", "exported", id);
        Assert.Equal((0, 1), ((int)retried["accepted"]!, (int)retried["duplicates"]!));
        Assert.Equal((string?)first["prompt"]!["id"], (string?)retried["prompt"]!["id"]);
        Assert.InRange((int)retried["prompt"]!["leaseSeconds"]!, 50, 60);

        host.Time.Advance(TimeSpan.FromSeconds(61));
        var late = await workspace.Fire("b1", "exported", id);
        Assert.Equal(1, (int)late["duplicates"]!);
        Assert.Null(late["prompt"]);
    }

    [Fact]
    public async Task A_lease_never_seen_burns_no_cooldown_and_cannot_be_claimed_afterwards()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { cooldownHours = 24, oncePerUser = true });
        var first = (await workspace.Fire("b1", "exported"))["prompt"]!;
        Assert.Null((await workspace.Fire("b1", "exported"))["prompt"]);

        host.Time.Advance(TimeSpan.FromSeconds(121));
        await TestWorkspace.Problem(await workspace.Step(first, "seen", new { view = "v1" }), 409, "not_live");
        var second = (await workspace.Fire("b1", "exported"))["prompt"]!;
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
    }

    [Fact]
    public async Task A_prompt_that_was_seen_starts_the_cooldown_and_ends_it()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { cooldownHours = 24 });
        await workspace.Done((await workspace.Fire("b1", "exported"))["prompt"]!, "seen");
        host.Time.Advance(TimeSpan.FromHours(23));
        Assert.Null((await workspace.Fire("b1", "exported"))["prompt"]);

        host.Time.Advance(TimeSpan.FromHours(1.1));
        Assert.NotNull((await workspace.Fire("b1", "exported"))["prompt"]);
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["verdicts"]!["cooldown"]!);
    }

    [Fact]
    public async Task Identifying_keeps_what_the_browser_saw_while_it_was_anonymous()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { oncePerUser = true });
        await workspace.Done((await workspace.Fire("b1", "exported"))["prompt"]!, "reaction", new { reaction = "positive" });

        // Told with an event that is no moment, on a route that needs no session.
        Assert.Equal(1, (int)(await workspace.Fire(new { externalId = "ada", anonymousId = "b1", email = "ada@acme.com" }, "opened"))["accepted"]!);
        Assert.Null((await workspace.Fire(new { externalId = "ada", anonymousId = "b2" }, "exported"))["prompt"]);
        Assert.Null((await workspace.Fire("b1", "exported"))["prompt"]);
        Assert.NotNull((await workspace.Fire("b3", "exported"))["prompt"]);
        Assert.Equal(2, (int)(await workspace.Stats("exported"))["verdicts"]!["once_per_user"]!);
    }

    [Fact]
    public async Task A_prompt_granted_to_a_browser_is_answered_after_it_was_joined_to_a_person()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await workspace.Fire(new { externalId = "ada", anonymousId = "b1" }, "signed_in");
        await workspace.Done(prompt, "seen", new { view = "v1" });
        await workspace.Done(prompt, "reaction", new { reaction = "neutral" });
        var item = (await workspace.Get("responses"))["items"]!.AsArray().Single()!;
        Assert.Equal((string?)prompt["id"], (string?)item["promptId"]);
    }

    [Fact]
    public async Task Events_of_a_joined_browser_are_settled_by_its_person_in_the_same_request()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.Fire(new { externalId = "ada", anonymousId = "b1" }, "signed_in");
        var byBrowser = await workspace.Fire("b1", "exported");
        Assert.NotNull(byBrowser["prompt"]);
        Assert.Null((await workspace.Fire(new { externalId = "ada" }, "exported"))["prompt"]);
    }

    [Fact]
    public async Task A_page_view_claims_a_prompt_and_no_other_can()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        await workspace.Done(prompt, "seen", new { view = "v1" });
        await workspace.Done(prompt, "seen", new { view = "v1" });
        await TestWorkspace.Problem(await workspace.Step(prompt, "seen", new { view = "v2" }), 409, "not_live");
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["totals"]!["seen"]!);
    }

    [Fact]
    public async Task A_restart_forgets_nothing()
    {
        await using var own = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(own);
        await workspace.AddMoment("exported", new { cooldownHours = 24 });
        var id = Guid.CreateVersion7();
        var prompt = (await workspace.Fire("b1", "exported", id))["prompt"]!;
        await workspace.Done(prompt, "seen", new { view = "v1" });

        await own.Restart();
        var retried = await workspace.Fire("b1", "exported", id);
        Assert.Equal(1, (int)retried["duplicates"]!);
        Assert.Equal((string?)prompt["id"], (string?)retried["prompt"]!["id"]);
        await TestWorkspace.Problem(await workspace.Step(prompt, "seen", new { view = "v2" }), 409, "not_live");
        await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });

        await own.Restart();
        await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });
        await TestWorkspace.Problem(await workspace.Step(prompt, "reaction", new { reaction = "positive" }), 409, "already_answered");
        await workspace.Done(prompt, "comment", new { text = "Too slow" });
        Assert.Null((await workspace.Fire("b1", "exported"))["prompt"]);
        var totals = (await workspace.Stats("exported"))["totals"]!;
        Assert.Equal((2, 1, 1, 1), ((int)totals["fires"]!, (int)totals["seen"]!, (int)totals["frustrated"]!, (int)totals["comments"]!));
    }

    [Fact]
    public async Task A_hash_proves_the_person_and_where_it_is_required_nothing_else_does()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.Manage(HttpMethod.Put, "settings", new { requireVerifiedIdentity = true });
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(TestWorkspace.Secret), "ada"u8));

        foreach (var wrong in new[] { null, "", "no hex at all", new string('0', 64), hash[..63] })
        {
            var refused = await workspace.PostEvents(new { user = new { externalId = "ada", hash = wrong }, events = new[] { new { id = Guid.NewGuid(), name = "exported" } } });
            await TestWorkspace.Problem(refused, 403, "identity_not_verified");
        }

        Assert.NotNull((await workspace.Fire(new { externalId = "ada", hash }, "exported"))["prompt"]);
        Assert.NotNull((await workspace.Fire("anonymous-is-fine", "exported"))["prompt"]);
    }

    [Fact]
    public async Task A_test_key_skips_cooldown_explains_itself_and_moves_no_total()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { cooldownHours = 24, samplingRate = 0 });
        for (var i = 0; i < 2; i++)
        {
            var answer = await workspace.Fire("b1", "exported", key: workspace.Test);
            Assert.Equal("shown", (string?)answer["verdicts"]!.AsArray().Single()!["verdict"]);
            Assert.Equal(HttpStatusCode.NoContent, (await workspace.Step(answer["prompt"]!, "reaction", new { reaction = "positive" }, workspace.Test)).StatusCode);
        }

        var live = await workspace.Fire("b1", "exported");
        Assert.Null(live["verdicts"]);
        Assert.False(live.AsObject().ContainsKey("verdicts"));
        var stats = await workspace.Stats("exported");
        Assert.Equal((1, 0), ((int)stats["totals"]!["fires"]!, (int)stats["totals"]!["positive"]!));
        Assert.Equal(1, (int)stats["verdicts"]!["sampled_out"]!);
        Assert.Empty((await workspace.Get("responses"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_demo_workspace_explains_itself_to_its_publishable_key()
    {
        await using var own = await ApiHost.Start(("Conclude:Demo", "true"), ("Conclude:Bootstrap:Workspace", "showroom"));
        var workspace = await TestWorkspace.Create(own, id: "showroom");
        var other = await TestWorkspace.Create(own);
        var verdict = (await workspace.Fire("b1", "opened"))["verdicts"]!.AsArray().Single()!;
        Assert.Equal(("opened", "no_moment"), ((string?)verdict["event"], (string?)verdict["verdict"]));
        Assert.True(verdict.AsObject().ContainsKey("until"));
        Assert.False((await other.Fire("b1", "opened")).AsObject().ContainsKey("verdicts"));
    }

    [Fact]
    public async Task A_delay_is_told_and_lengthens_the_lease()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { delaySeconds = 30, followUp = "Why?" });
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        Assert.Equal((30, 150, "Why?"), ((int)prompt["delay"]!, (int)prompt["leaseSeconds"]!, (string?)prompt["followUp"]));
    }
}
