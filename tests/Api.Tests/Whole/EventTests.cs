using System.Net;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: what <c>POST events</c> takes, refuses and counts.</summary>
public sealed class EventTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task One_bad_event_does_not_spoil_the_rest()
    {
        var workspace = await TestWorkspace.Create(host);
        var good = Guid.CreateVersion7();
        const string Upper = "0193F000-0000-7000-8000-00000000000A";
        var now = host.Time.GetUtcNow();
        var body = new JsonObject
        {
            ["user"] = new JsonObject { ["anonymousId"] = "b1" },
            ["events"] = new JsonArray(
                Event(good.ToString(), "opened"),
                Event("not-a-uuid", "opened"),
                Event(7, "opened"),
                Event(Upper, "no spaces please"),
                Event(Guid.NewGuid().ToString(), 12),
                Event(Guid.NewGuid().ToString(), new string('x', 101)),
                Event(Guid.NewGuid().ToString(), "opened", "yesterday"),
                Event(Guid.NewGuid().ToString(), "opened", now.AddDays(-8).ToString("O")),
                Event(Guid.NewGuid().ToString(), "opened", 1_700_000_000),
                "text",
                null,
                new JsonArray(1, 2),
                Event(good.ToString(), "opened"),
                Event(Guid.NewGuid().ToString(), "closed", now.AddDays(-6).ToString("O"))),
        };
        var answer = await TestWorkspace.Body(await workspace.PostEvents(body), HttpStatusCode.OK);

        Assert.Equal((2, 1), ((int)answer["accepted"]!, (int)answer["duplicates"]!));
        Assert.Equal("ok", (string?)answer["quota"]);
        var rejected = answer["rejected"]!.AsArray();
        Assert.Equal(
            ["invalid_id", "invalid_id", "invalid_name", "invalid_name", "invalid_name", "invalid_time", "invalid_time", "invalid_time", "invalid_id", "invalid_id", "invalid_id"],
            rejected.Select(r => (string?)r!["code"]));
        Assert.Equal("not-a-uuid", (string?)rejected[0]!["id"]);
        Assert.Equal(Upper, (string?)rejected[2]!["id"]);
        Assert.All(rejected, r => Assert.False(string.IsNullOrEmpty((string?)r!["message"])));
        var names = (await workspace.Get("observed-events"))["items"]!.AsArray().ToDictionary(n => (string)n!["name"]!, n => (int)n!["count"]!, StringComparer.Ordinal);
        Assert.Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["closed"] = 1, ["opened"] = 1 }, names);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_a_day_wrong_does_not_make_an_event_old(int days)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var there = host.Time.GetUtcNow().AddDays(days);
        var answer = await TestWorkspace.Body(
            await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events = new[] { new { id = Guid.NewGuid(), name = "exported", at = there.AddSeconds(-2) } }, sentAt = there }),
            HttpStatusCode.OK);
        Assert.NotNull(answer["prompt"]);
    }

    [Fact]
    public async Task An_event_out_of_an_offline_queue_is_counted_and_asks_nothing()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        var now = host.Time.GetUtcNow();
        var answer = await TestWorkspace.Body(
            await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events = new[] { new { id = Guid.NewGuid(), name = "exported", at = now.AddSeconds(-61) } }, sentAt = now }),
            HttpStatusCode.OK);
        Assert.Null(answer["prompt"]);
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["verdicts"]!["stale"]!);
    }

    [Fact]
    public async Task Crawlers_are_counted_and_never_asked()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, $"/api/v1/widget/events?key={workspace.Test}"))
        {
            Content = new StringContent($$"""{"user":{"anonymousId":"b1"},"events":[{"id":"{{Guid.NewGuid()}}","name":"exported"},{"id":"{{Guid.NewGuid()}}","name":"opened"}]}"""),
        };
        request.Headers.UserAgent.ParseAdd("Googlebot/2.1");
        var answer = await TestWorkspace.Body(await host.Http.SendAsync(request), HttpStatusCode.OK);
        Assert.Equal(["bot", "bot"], answer["verdicts"]!.AsArray().Select(v => (string?)v!["verdict"]));
    }

    [Fact]
    public async Task Over_the_months_quota_earlier_events_count_and_nothing_more_is_recorded_or_asked()
    {
        var workspace = await TestWorkspace.Create(host, new PlanLimits("tiny", EventsPerMonth: 3, 0, 0, 0, 0));
        await workspace.AddMoment("exported");
        var prompt = (await workspace.Fire("b1", "exported"))["prompt"]!;
        var events = Enumerable.Range(0, 4).Select(_ => new { id = Guid.CreateVersion7(), name = "opened" }).ToArray();
        var answer = await TestWorkspace.Body(await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events }), HttpStatusCode.OK);
        Assert.Equal((2, "exceeded"), ((int)answer["accepted"]!, (string?)answer["quota"]));

        var asked = await workspace.Fire("b2", "exported");
        Assert.Equal((0, "exceeded"), ((int)asked["accepted"]!, (string?)asked["quota"]));
        Assert.Null(asked["prompt"]);
        await workspace.Done(prompt, "reaction", new { reaction = "positive" });
        Assert.Equal(1, (int)(await workspace.Stats("exported"))["totals"]!["positive"]!);
    }

    [Fact]
    public async Task Names_over_the_plan_are_rejected_and_moments_never_are()
    {
        var workspace = await TestWorkspace.Create(host, new PlanLimits("few_names", 0, 0, 0, 0, EventNames: 2));
        await workspace.AddMoment("exported");
        var events = new[] { "one", "two", "three", "exported", "one" }.Select(name => new { id = Guid.CreateVersion7(), name }).ToArray();
        var answer = await TestWorkspace.Body(await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events }), HttpStatusCode.OK);
        Assert.Equal(4, (int)answer["accepted"]!);
        var rejected = answer["rejected"]!.AsArray().Single()!;
        Assert.Equal((events[2].id.ToString(), "too_many_event_names"), ((string?)rejected["id"], (string?)rejected["code"]));
    }

    [Fact]
    public async Task Events_of_a_blocked_name_are_refused_and_neither_counted_nor_told_until_it_is_unblocked()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await workspace.Fire("b1", "noise");
        Assert.Equal(SaveStatus.Saved, await host.Grains.Tenant(workspace.Id).BlockName(Author.Operator, "noise"));
        var events = new[] { "noise", "opened", "exported" }.Select(name => new { id = Guid.CreateVersion7(), name }).ToArray();
        var answer = await TestWorkspace.Body(await workspace.PostEvents(new { user = new { anonymousId = "b1" }, events }), HttpStatusCode.OK);
        Assert.Equal((2, "ok"), ((int)answer["accepted"]!, (string?)answer["quota"]));
        Assert.NotNull(answer["prompt"]);
        var rejected = answer["rejected"]!.AsArray().Single()!;
        Assert.Equal((events[0].id.ToString(), "blocked_event_name"), ((string?)rejected["id"], (string?)rejected["code"]));
        Assert.Equal("blocked_event_name", (string?)(await workspace.Fire("b1", "noise", key: workspace.Test))["rejected"]![0]!["code"]);

        var names = await workspace.Manage(HttpMethod.Get, "observed-events");
        Assert.Equal(1, (int)names["items"]!.AsArray().Single(n => (string?)n!["name"] == "noise")!["count"]!);
        Assert.Equal(3, (int)(await workspace.Manage(HttpMethod.Get, "usage"))["events"]!["used"]!);

        Assert.Equal(SaveStatus.Saved, await host.Grains.Tenant(workspace.Id).UnblockName(Author.Operator, "noise"));
        Assert.Equal(1, (int)(await workspace.Fire("b1", "noise"))["accepted"]!);
    }

    [Fact]
    public async Task A_body_of_a_hundred_events_is_one_request_and_a_hundred_and_one_are_none()
    {
        var workspace = await TestWorkspace.Create(host);
        object Batch(int count) => new { user = new { anonymousId = "b1" }, events = Enumerable.Range(0, count).Select(_ => new { id = Guid.CreateVersion7(), name = "opened" }) };
        Assert.Equal(100, (int)(await TestWorkspace.Body(await workspace.PostEvents(Batch(100)), HttpStatusCode.OK))["accepted"]!);
        var problem = await TestWorkspace.Problem(await workspace.PostEvents(Batch(101)), 400, "validation");
        Assert.NotNull(problem["errors"]!["events"]);
        await TestWorkspace.Problem(await workspace.PostEvents(Batch(0)), 400, "validation");
    }

    [Theory]
    [InlineData("""{"events":[{"id":"0193f000-0000-7000-8000-000000000001","name":"x"}]}""", "user")]
    [InlineData("""{"user":{},"events":[{"id":"0193f000-0000-7000-8000-000000000001","name":"x"}]}""", "user")]
    [InlineData("""{"user":{"anonymousId":""},"events":[{}]}""", "user.anonymousId")]
    [InlineData("""{"user":{"anonymousId":"a\u0000b"},"events":[{}]}""", "user.anonymousId")]
    [InlineData("""{"user":{"externalId":12},"events":[{}]}""", "user.externalId")]
    [InlineData("""{"user":{"anonymousId":"a","traits":{"plan":["pro"]}},"events":[{}]}""", "user.traits")]
    [InlineData("""{"user":{"anonymousId":"a","traits":"pro"},"events":[{}]}""", "user.traits")]
    [InlineData("""{"user":{"anonymousId":"a","companies":[{"name":"Acme"}]},"events":[{}]}""", "user.companies[0].id")]
    [InlineData("""{"user":{"anonymousId":"a","companies":[null]},"events":[{}]}""", "user.companies[0].id")]
    [InlineData("""{"user":{"anonymousId":"a","companies":[{"id":"c","monthlySpend":"much"}]},"events":[{}]}""", "user.companies[0].monthlySpend")]
    [InlineData("""{"user":{"anonymousId":"a"},"events":{}}""", "events")]
    [InlineData("""{"user":{"anonymousId":"a"},"events":null}""", "events")]
    [InlineData("""{"user":{"anonymousId":"a"},"events":[{}],"sentAt":"soon"}""", "sentAt")]
    [InlineData("""{"user":{"anonymousId":"a"},"context":{"url":5},"events":[{}]}""", "context.url")]
    public async Task An_envelope_that_is_wrong_is_refused_by_field(string body, string field)
    {
        var workspace = await TestWorkspace.Create(host);
        var problem = await TestWorkspace.Problem(await workspace.PostEvents(body), 400, "validation");
        Assert.Contains(field, problem["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Sizes_of_what_is_stated_of_a_user_are_bounded()
    {
        var workspace = await TestWorkspace.Create(host);
        var problem = await TestWorkspace.Problem(
            await workspace.PostEvents(new
            {
                user = new
                {
                    externalId = new string('x', 201),
                    email = new string('x', 321),
                    name = "Ada\u0007",
                    companies = Enumerable.Range(0, 21).Select(i => new { id = $"c{i}" }),
                    traits = Enumerable.Range(0, 51).ToDictionary(i => $"t{i}", _ => (object)true),
                },
                context = new { url = new string('u', 4_097), locale = new string('l', 36), device = new string('d', 21) },
                events = new[] { new { id = Guid.NewGuid(), name = "x" } },
            }),
            400, "validation");
        Assert.Equal(
            ["context.device", "context.locale", "context.url", "user.companies", "user.email", "user.externalId", "user.name", "user.traits"],
            problem["errors"]!.AsObject().Select(static e => e.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Facts_of_a_user_reach_the_audience_whether_told_now_or_earlier()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new
        {
            audience = new object[] { new { field = "trait.plan", op = "is", value = "pro" }, new { field = "company.monthlySpend", op = "gt", value = 1000 } },
        });
        var ada = new { externalId = "ada", email = "ada@acme.com", name = "Ada", companies = new[] { new { id = "co", name = "Acme", monthlySpend = 5000.5, created = "2025-01-15" } }, traits = new { plan = "pro", seats = 12, beta = true, none = (string?)null } };
        Assert.Equal(1, (int)(await workspace.Fire(ada, "opened"))["accepted"]!);
        Assert.Null((await workspace.Fire(new { externalId = "bob" }, "exported"))["prompt"]);

        var prompt = (await workspace.Fire(new { externalId = "ada" }, "exported"))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = "neutral" });
        var user = (await workspace.Get("responses"))["items"]![0]!["user"]!;
        Assert.Equal(("ada", "ada@acme.com", "Ada"), ((string?)user["externalId"], (string?)user["email"], (string?)user["name"]));
        var company = user["companies"]![0]!;
        Assert.Equal(("co", 5000.5m, "2025-01-15T00:00:00Z"), ((string?)company["id"], (decimal)company["monthlySpend"]!, (string?)company["created"]));
    }

    private static JsonObject Event(JsonNode? id, JsonNode? name, JsonNode? at = null)
    {
        var sent = new JsonObject { ["id"] = id, ["name"] = name };
        if (at is not null)
        {
            sent["at"] = at;
        }

        return sent;
    }
}
