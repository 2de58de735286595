using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains.Tenants;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: webhooks are made, tried, listed and replayed, in their own workspace alone.</summary>
public sealed class WebhookTests(WebhookTests.Host host) : IClassFixture<WebhookTests.Host>
{
    /// <summary>An operator who allows receivers on this machine.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal ApiHost Api { get; } = new([("Conclude:Webhooks:AllowPrivate", "true"), ("Conclude:Webhooks:AllowHttp", "true")]);

        public ValueTask InitializeAsync() => Api.InitializeAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_is_made_changed_and_removed_and_its_secret_told_once()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api);
        using var answer = await workspace.Managed(HttpMethod.Post, "webhooks", new { url = receiver.Url, events = new[] { "reaction.created", "alert.raised" }, description = "Billing" });
        var location = answer.Headers.Location!.ToString();
        var made = await TestWorkspace.Body(answer, HttpStatusCode.Created);
        var secret = (string)made["secret"]!;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal($"/api/v1/webhooks/{made["id"]}", location);
        Assert.Equal((receiver.Url, true, "Billing"), ((string)made["url"]!, (bool)made["enabled"]!, (string)made["description"]!));
        Assert.Equal("""["reaction.created","alert.raised"]""", made["events"]!.ToJsonString());

        var listed = await workspace.Get("webhooks");
        Assert.Single(listed["items"]!.AsArray());
        Assert.DoesNotContain(secret, listed.ToJsonString(), StringComparison.Ordinal);
        var id = (string)made["id"]!;
        var replaced = await workspace.Manage(HttpMethod.Put, "webhooks/" + id, new { url = receiver.Url + "/2", events = new[] { "comment.created" }, enabled = false });
        Assert.Equal((false, (string?)null, (string?)null), ((bool)replaced["enabled"]!, (string?)replaced["description"], (string?)replaced["secret"]));
        Assert.Equal(replaced.ToJsonString(), (await workspace.Get("webhooks/" + id)).ToJsonString());
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, $"webhooks/{id}/test"), 409, "webhook_disabled");

        using (var removed = await workspace.Managed(HttpMethod.Delete, "webhooks/" + id))
        {
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "webhooks/" + id), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "webhooks/" + id), 404, "not_found");
        var audit = (await workspace.Get("audit")).ToJsonString();
        Assert.All(["webhook.created", "webhook.changed", "webhook.removed"], kind => Assert.Contains(kind, audit, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Api.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"events":["reaction.created"]}""", "url")]
    [InlineData("""{"url":"https://user:pw@example.com","events":["reaction.created"]}""", "url")]
    [InlineData("""{"url":"https://127.0.0.1/"}""", "events")]
    [InlineData("""{"url":"https://127.0.0.1/","events":[]}""", "events")]
    [InlineData("""{"url":"https://127.0.0.1/","events":["reaction.deleted"]}""", "events")]
    [InlineData("""{"url":"https://127.0.0.1/","events":[null]}""", "events")]
    [InlineData("""{"url":"https://127.0.0.1/","events":["reaction.created"],"description":"a\nb"}""", "description")]
    public async Task What_is_wrong_is_told_by_field(string body, string field)
    {
        var workspace = await TestWorkspace.Create(host.Api);
        var problem = await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "webhooks", body), 400, "validation");
        Assert.Equal([field], problem["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Private_addresses_and_plain_http_are_for_the_operator_to_allow()
    {
        await using var strict = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(strict);
        foreach (var url in new[] { "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/latest/meta-data/", "https://0x7f.1/", "http://93.184.215.14/" })
        {
            var problem = await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "webhooks", new { url, events = new[] { "reaction.created" } }), 400, "validation");
            Assert.NotNull(problem["errors"]!["url"]);
        }
    }

    [Fact]
    public async Task A_test_is_sent_logged_and_replayed_under_its_id()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = static _ => 503;
        var workspace = await TestWorkspace.Create(host.Api);
        var (id, secret) = await Add(workspace, receiver, "reaction.created");
        var sent = await workspace.Manage(HttpMethod.Post, $"webhooks/{id}/test", expected: HttpStatusCode.Accepted);
        Assert.Equal(("webhook.test", "pending"), ((string)sent["event"]!, (string)sent["status"]!));
        await receiver.Get(1);
        var failed = await Log(workspace, id, static d => (int)d["attempts"]! == 1);
        Assert.Equal((503, "Answered 503", "pending"), ((int)failed["responseCode"]!, (string)failed["error"]!, (string)failed["status"]!));
        Assert.NotNull(failed["nextAttemptAt"]);
        Assert.NotNull((await workspace.Get("webhooks/" + id))["failingSince"]);

        receiver.Answer = static _ => 200;
        var again = await workspace.Manage(HttpMethod.Post, $"deliveries/{sent["id"]}/replay", expected: HttpStatusCode.Accepted);
        Assert.Equal((string)sent["id"]!, (string)again["id"]!);
        var received = await receiver.Get(2);
        Assert.All(received, r => Assert.Equal(((string)sent["id"]!, true), (r.Id, StandardSignature.Matches(r, secret))));
        var delivered = await Log(workspace, id, static d => (string)d["status"]! == "delivered");
        Assert.Equal((2, 200, (string?)null, (string?)null), ((int)delivered["attempts"]!, (int)delivered["responseCode"]!, (string?)delivered["error"], (string?)delivered["nextAttemptAt"]));
        Assert.Equal(received[1].Json.ToJsonString(), delivered["body"]!.ToJsonString());
        Assert.Null((await workspace.Get("webhooks/" + id))["failingSince"]);
    }

    [Fact]
    public async Task The_log_is_read_by_pages_newest_first()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api);
        var (id, _) = await Add(workspace, receiver, "reaction.created");
        List<string> sent = [];
        for (var n = 0; n < 5; n++)
        {
            sent.Add((string)(await workspace.Manage(HttpMethod.Post, $"webhooks/{id}/test", expected: HttpStatusCode.Accepted))["id"]!);
        }

        List<string> read = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await workspace.Get($"webhooks/{id}/deliveries?limit=2&cursor={cursor}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            read.AddRange(page["items"]!.AsArray().Select(static d => (string)d!["id"]!));
            cursor = (string?)page["next"];
        }

        Assert.Equal(sent.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, $"webhooks/{id}/deliveries?limit=0"), 400, "validation");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, $"webhooks/{id}/deliveries?cursor=x"), 400, "validation");
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_are_good()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api);
        var (id, old) = await Add(workspace, receiver, "reaction.created");
        var rotated = await workspace.Manage(HttpMethod.Post, $"webhooks/{id}/secret/rotate");
        var fresh = (string)rotated["secret"]!;
        Assert.NotEqual(old, fresh);
        Assert.NotNull(rotated["oldSecretUntil"]);
        Assert.Null((await workspace.Get("webhooks/" + id))["secret"]);
        await workspace.Manage(HttpMethod.Post, $"webhooks/{id}/test", expected: HttpStatusCode.Accepted);
        var both = Assert.Single(await receiver.Get(1));
        Assert.True(StandardSignature.Matches(both, old) && StandardSignature.Matches(both, fresh));
        Assert.False(StandardSignature.Matches(both, "whsec_" + Convert.ToBase64String(new byte[32])));
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_there()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api);
        var (id, _) = await Add(workspace, receiver, "reaction.created");
        var sent = await workspace.Manage(HttpMethod.Post, $"webhooks/{id}/test", expected: HttpStatusCode.Accepted);
        var other = await TestWorkspace.Create(host.Api);
        var body = new { url = receiver.Url, events = new[] { "reaction.created" } };
        foreach (var (method, path, sends) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"webhooks/{id}", null), (HttpMethod.Put, $"webhooks/{id}", body), (HttpMethod.Delete, $"webhooks/{id}", null),
            (HttpMethod.Post, $"webhooks/{id}/secret/rotate", null), (HttpMethod.Post, $"webhooks/{id}/test", null),
            (HttpMethod.Get, $"webhooks/{id}/deliveries", null), (HttpMethod.Post, $"deliveries/{sent["id"]}/replay", null),
            (HttpMethod.Post, $"deliveries/{Guid.NewGuid()}/replay", null), (HttpMethod.Post, "deliveries/no-id/replay", null),
        })
        {
            await TestWorkspace.Problem(await other.Managed(method, path, sends), 404, "not_found");
        }

        Assert.Empty((await other.Get("webhooks"))["items"]!.AsArray());
        Assert.Single((await workspace.Get("webhooks"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_answer_is_told_of_and_gone_from_the_log_with_its_person()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api);
        var (id, secret) = await Add(workspace, receiver, "reaction.created", "comment.created", "moment.created");
        await workspace.AddMoment("report_exported");
        var prompt = (await workspace.Fire(new { externalId = "ada-erased", email = "ada@erased.example" }, "report_exported"))["prompt"]!;
        await workspace.Done(prompt, "reaction", new { reaction = "neutral" });
        await workspace.Done(prompt, "comment", new { text = "Tell nobody." });

        Assert.All(await receiver.Get(3), r => Assert.True(StandardSignature.Matches(r, secret)));
        var comment = receiver.Of("comment.created").Single().Data;
        Assert.Equal(
            ((string)prompt["id"]!, "report_exported", "Tell nobody.", "ada@erased.example"),
            ((string)comment["promptId"]!, (string)comment["event"]!, (string)comment["comment"]!, (string)comment["user"]!["email"]!));
        Assert.Contains("ada@erased.example", (await workspace.Get($"webhooks/{id}/deliveries")).ToJsonString(), StringComparison.Ordinal);

        using (var erased = await workspace.Managed(HttpMethod.Delete, "users/ada-erased"))
        {
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        }

        var log = await workspace.Get($"webhooks/{id}/deliveries");
        Assert.DoesNotContain("ada", log.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Tell nobody", log.ToJsonString(), StringComparison.Ordinal);
        var gone = log["items"]!.AsArray().Where(static d => (string)d!["status"]! == "erased").ToArray();
        Assert.Equal(2, gone.Length);
        Assert.All(gone, static d => Assert.Null(d!["body"]));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, $"deliveries/{gone[0]!["id"]}/replay"), 409, "delivery_erased");
    }

    [Fact]
    public async Task Four_fifths_of_the_month_and_all_of_it_raise_an_alert_each()
    {
        await using var receiver = await WebhookReceiver.Start();
        var workspace = await TestWorkspace.Create(host.Api, PlanLimits.SelfHosted with { EventsPerMonth = 10 });
        await Add(workspace, receiver, "alert.raised");
        for (var n = 0; n < 12; n++)
        {
            await workspace.Fire("ada", "page_viewed");
        }

        var alerts = (await receiver.Get(2)).OrderBy(static r => (int)r.Json["sequence"]!).Select(static r => r.Data).ToArray();
        Assert.Equal([(80, 8, 10), (100, 10, 10)], alerts.Select(static a => ((int)a["percent"]!, (int)a["used"]!, (int)a["limit"]!)));
    }

    private static async Task<(string Id, string Secret)> Add(TestWorkspace workspace, WebhookReceiver receiver, params string[] events)
    {
        var made = await workspace.Manage(HttpMethod.Post, "webhooks", new { url = receiver.Url, events }, HttpStatusCode.Created);
        return ((string)made["id"]!, (string)made["secret"]!);
    }

    /// <summary>The newest delivery, once it is as it must be: the receiver hears before the log does.</summary>
    private static async Task<JsonNode> Log(TestWorkspace workspace, string id, Func<JsonNode, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var newest = (await workspace.Get($"webhooks/{id}/deliveries"))["items"]![0]!;
            if (holds(newest))
            {
                return newest;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), newest.ToJsonString());
            await Task.Delay(20);
        }
    }
}
