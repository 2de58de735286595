using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: moments and settings as an admin's program manages them.</summary>
public sealed class MomentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_moment_is_made_read_replaced_and_removed()
    {
        var workspace = await TestWorkspace.Create(host);
        using var created = await workspace.Managed(HttpMethod.Post, "moments", """{"event":"report:exported.v2","question":"How was it?","unknown":{"ignored":true}}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/v1/moments/report%3Aexported.v2", created.Headers.Location!.ToString());
        var moment = JsonNode.Parse(await created.Content.ReadAsStringAsync())!;
        Assert.Equal(
            """{"event":"report:exported.v2","enabled":true,"oncePerUser":false,"question":"How was it?","followUp":null,"samplingRate":100,"samplingMode":"per_fire","cooldownHours":24,"delaySeconds":0,"startsAt":null,"endsAt":null,"responseCap":null,"audience":[],"translations":{},"version":2,"totals":{"fires":0,"prompted":0,"seen":0,"dismissed":0,"positive":0,"neutral":0,"frustrated":0,"comments":0}}""",
            moment.ToJsonString());

        var full = """
            {"enabled":false,"oncePerUser":true,"question":"Et voilà?","followUp":"Why?","samplingRate":12.5,"samplingMode":"per_user","cooldownHours":1.5,"delaySeconds":3,
             "startsAt":"2026-01-01T00:00:00Z","endsAt":"2027-01-01T00:00:00+01:00","responseCap":10,
             "audience":[{"field":"trait.plan","op":"is_not","value":"free"},{"field":"company.monthlySpend","op":"gt","value":100},{"field":"user.email","op":"exists"}],
             "translations":{"de":{"question":"Wie war es?","followUp":null}}}
            """;
        var replaced = await workspace.Manage(HttpMethod.Put, "moments/report:exported.v2", full);
        Assert.Equal(replaced.ToJsonString(), (await workspace.Get("moments/report%3Aexported.v2")).ToJsonString());
        Assert.Equal("2026-12-31T23:00:00Z", (string?)replaced["endsAt"]);
        Assert.Equal(("is_not", "100", null), ((string?)replaced["audience"]![0]!["op"], (string?)replaced["audience"]![1]!["value"], (string?)replaced["audience"]![2]!["value"]));
        Assert.Equal("Wie war es?", (string?)replaced["translations"]!["de"]!["question"]);
        Assert.Equal((12.5m, "per_user"), ((decimal)replaced["samplingRate"]!, (string?)replaced["samplingMode"]));

        Assert.Single((await workspace.Get("moments"))["items"]!.AsArray());
        using var removed = await workspace.Managed(HttpMethod.Delete, "moments/report:exported.v2");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "moments/report:exported.v2"), 404, "not_found");
        Assert.Empty((await workspace.Get("moments"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_was_changed_since_it_was_read_is_not_overwritten()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        using var read = await workspace.Managed(HttpMethod.Get, "moments/exported");
        var etag = read.Headers.ETag!;
        object Body(string question) => new { question };

        Assert.Equal(HttpStatusCode.OK, (await workspace.Managed(HttpMethod.Put, "moments/exported", Body("First?"), headers: h => h.IfMatch.Add(etag))).StatusCode);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "moments/exported", Body("Second?"), headers: h => h.IfMatch.Add(etag)), 412, "version_mismatch");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "moments/exported", headers: h => h.IfMatch.Add(etag)), 412, "version_mismatch");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "moments/exported", headers: h => h.TryAddWithoutValidation("If-Match", "\"never\"")), 412, "version_mismatch");
        Assert.Equal("First?", (string?)(await workspace.Get("moments/exported"))["question"]);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Managed(HttpMethod.Put, "moments/exported", Body("Third?"), headers: h => h.IfMatch.Add(EntityTagHeaderValue.Any))).StatusCode);
    }

    [Fact]
    public async Task Conflicts_and_limits_have_codes()
    {
        var workspace = await TestWorkspace.Create(host, new PlanLimits("one", 0, Moments: 1, 0, 0, 0));
        await workspace.AddMoment("exported");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", new { @event = "exported", question = "?" }), 409, "event_exists");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", new { @event = "imported", question = "?" }), 409, "plan_limit");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "moments/imported", new { question = "?" }), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "moments/exported", new { @event = "imported", question = "?" }), 400, "validation");
    }

    [Theory]
    [InlineData("""{"question":"?"}""", "event")]
    [InlineData("""{"event":"a b","question":"?"}""", "event")]
    [InlineData("""{"event":".","question":"?"}""", "event")]
    [InlineData("""{"event":"..","question":"?"}""", "event")]
    [InlineData("""{"event":"a"}""", "question")]
    [InlineData("""{"event":"a","question":"?","samplingRate":101}""", "samplingRate")]
    [InlineData("""{"event":"a","question":"?","samplingRate":"lots"}""", "samplingRate")]
    [InlineData("""{"event":"a","question":"?","samplingMode":"sometimes"}""", "samplingMode")]
    [InlineData("""{"event":"a","question":"?","samplingMode":"PerUser"}""", "samplingMode")]
    [InlineData("""{"event":"a","question":"?","samplingMode":"per_fire, per_user"}""", "samplingMode")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"user.email","op":"IS ","value":"1"}]}""", "audience[0].op")]
    [InlineData("""{"event":"a","question":"?","cooldownHours":-1}""", "cooldownHours")]
    [InlineData("""{"event":"a","question":"?","delaySeconds":1.5}""", "delaySeconds")]
    [InlineData("""{"event":"a","question":"?","startsAt":"2027-01-01T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"}""", "endsAt")]
    [InlineData("""{"event":"a","question":"?","startsAt":"tomorrow"}""", "startsAt")]
    [InlineData("""{"event":"a","question":"?","responseCap":0}""", "responseCap")]
    [InlineData("""{"event":"a","question":"?","audience":[null]}""", "audience[0]")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"user.email"}]}""", "audience[0]")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"shoe.size","op":"is","value":"1"}]}""", "audience[0]")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"user.email","op":"resembles","value":"1"}]}""", "audience[0].op")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"user.email","op":"is","value":[]}]}""", "audience[0].value")]
    [InlineData("""{"event":"a","question":"a\u0000b"}""", "question")]
    [InlineData("""{"event":"a","question":"?","followUp":"\u001b[31m"}""", "followUp")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"trait.a\u0000","op":"exists"}]}""", "audience[0]")]
    [InlineData("""{"event":"a","question":"?","audience":[{"field":"user.email","op":"is","value":"\u0000"}]}""", "audience[0]")]
    [InlineData("""{"event":"a","question":"?","translations":{"de":{"question":"\u0000"}}}""", "translations.de")]
    [InlineData("""{"event":"a","question":"?","translations":{"de\n":{"question":"?"}}}""", "translations.de\n")]
    [InlineData("""{"event":"a","question":"?","translations":{"de":null}}""", "translations.de")]
    [InlineData("""{"event":"a","question":"?","translations":{"not a tag":{"question":"?"}}}""", "translations.not a tag")]
    public async Task A_field_out_of_bounds_is_named(string body, string field)
    {
        var workspace = await TestWorkspace.Create(host);
        var problem = await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", body), 400, "validation");
        var errors = problem["errors"]!.AsObject().ToDictionary(static e => e.Key, static e => e.Value!.AsArray().Count, StringComparer.Ordinal);
        Assert.Contains(field, errors.Keys);
        Assert.All(errors.Values, static count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_moment_is_in_force_at_the_next_fire_and_out_of_force_when_it_is_removed()
    {
        var workspace = await TestWorkspace.Create(host);
        Assert.Null((await workspace.Fire("b1", "exported"))["prompt"]);
        await workspace.AddMoment("exported");
        Assert.NotNull((await workspace.Fire("b1", "exported"))["prompt"]);
        await workspace.Manage(HttpMethod.Put, "moments/exported", new { question = "?", enabled = false });
        Assert.Null((await workspace.Fire("b2", "exported"))["prompt"]);
        (await workspace.Managed(HttpMethod.Delete, "moments/exported")).Dispose();
        Assert.Null((await workspace.Fire("b3", "exported"))["prompt"]);

        var stats = await workspace.Stats("exported");
        Assert.Equal(4, (int)stats["totals"]!["fires"]!);
        Assert.Equal((1, 1, 2), ((int)stats["verdicts"]!["shown"]!, (int)stats["verdicts"]!["disabled"]!, (int)stats["verdicts"]!["no_moment"]!));
    }

    [Fact]
    public async Task Settings_are_replaced_and_bounded()
    {
        var workspace = await TestWorkspace.Create(host);
        Assert.Equal(
            """{"allowedOrigins":[],"requireVerifiedIdentity":false,"quietPeriodHours":0,"theme":{"accent":"#4f46e5","mode":"auto","placement":"bottom-right"},"retentionDays":null}""",
            (await workspace.Get("settings")).ToJsonString());
        var saved = await workspace.Manage(HttpMethod.Put, "settings", new { allowedOrigins = new[] { "HTTPS://App.Acme.com:443/", "http://localhost:3000" }, quietPeriodHours = 12.5, theme = new { mode = "dark" }, retentionDays = 90 });
        Assert.Equal(["https://app.acme.com", "http://localhost:3000"], saved["allowedOrigins"]!.AsArray().Select(static o => (string?)o));
        Assert.Equal(saved.ToJsonString(), (await workspace.Get("settings")).ToJsonString());

        var problem = await TestWorkspace.Problem(
            await workspace.Managed(HttpMethod.Put, "settings", """{"allowedOrigins":["*","https://a.com/path",null,"https://b.com"],"quietPeriodHours":-1,"theme":{"accent":"red","mode":"dim","placement":"middle"},"retentionDays":7}"""),
            400, "validation");
        Assert.Equal(
            ["allowedOrigins[0]", "allowedOrigins[1]", "allowedOrigins[2]", "quietPeriodHours", "retentionDays", "theme.accent", "theme.mode", "theme.placement"],
            problem["errors"]!.AsObject().Select(static e => e.Key).Order(StringComparer.Ordinal));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "settings", """{"theme":{"accent":"#4f46e5\n"}}"""), 400, "validation");
    }
}
