using System.Net;
using Conclude.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: a POST with an idempotency key is done once in 24 hours, through restarts, and answers the same again.</summary>
public sealed class IdempotencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly object Moment = new { @event = "report_exported", question = "How was it?" };

    [Fact]
    public async Task The_same_request_is_done_once_and_answered_the_same_through_a_restart()
    {
        await using var own = await ApiHost.Start();
        var workspace = await TestWorkspace.Create(own);
        using var first = await Post(workspace, "moments", "\"a-1\"", Moment);
        var told = await first.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.Created, false), (first.StatusCode, first.Headers.Contains("Idempotent-Replayed")));
        await workspace.Fire("ada", "report_exported");
        await own.Restart();

        // Quoted, as the draft has it, or bare.
        using var again = await Post(workspace, "moments", "a-1", Moment);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(told, await again.Content.ReadAsStringAsync());
        Assert.Equal((first.Headers.Location, first.Headers.ETag, first.Content.Headers.ContentType), (again.Headers.Location, again.Headers.ETag, again.Content.Headers.ContentType));
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", Moment), 409, "event_exists");

        own.Time.Advance(TimeSpan.FromHours(24));
        await TestWorkspace.Problem(await Post(workspace, "moments", "a-1", Moment), 409, "event_exists");
    }

    [Fact]
    public async Task A_key_that_came_with_another_request_is_refused()
    {
        var workspace = await TestWorkspace.Create(host);
        Assert.Equal(HttpStatusCode.Created, (await Post(workspace, "moments", "k", Moment)).StatusCode);
        await TestWorkspace.Problem(await Post(workspace, "moments", "k", new { @event = "other", question = "How was it?" }), 422, "idempotency_key_reused");
        await TestWorkspace.Problem(await Post(workspace, "keys/test", "k", null), 422, "idempotency_key_reused");
        Assert.Single((await workspace.Get("moments"))["items"]!.AsArray());

        // Another workspace has its own, and other methods take none.
        var other = await TestWorkspace.Create(host);
        Assert.Equal(HttpStatusCode.Created, (await Post(other, "keys/test", "k", null)).StatusCode);
        using var read = await workspace.Managed(HttpMethod.Get, "moments", headers: static h => h.Add("Idempotency-Key", "k"));
        Assert.Equal((HttpStatusCode.OK, false), (read.StatusCode, read.Headers.Contains("Idempotent-Replayed")));
    }

    [Fact]
    public async Task Many_at_once_do_it_once()
    {
        var workspace = await TestWorkspace.Create(host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Post(workspace, "keys/publishable", "at-once", null)));
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                made.Add((string)(await TestWorkspace.Body(answer, HttpStatusCode.Created))["id"]!);
            }
            else
            {
                await TestWorkspace.Problem(answer, 409, "idempotency_key_in_use");
            }
        }

        Assert.Single(made);
        Assert.Equal(2, await Publishable(workspace));
    }

    [Fact]
    public async Task A_webhook_secret_is_told_again_and_is_not_readable_in_the_store()
    {
        var workspace = await TestWorkspace.Create(host);
        var body = new { url = "https://93.184.215.14/", events = new[] { "reaction.created" } };
        var key = Guid.NewGuid().ToString();
        var first = await TestWorkspace.Body(await Post(workspace, "webhooks", key, body), HttpStatusCode.Created);
        var again = await TestWorkspace.Body(await Post(workspace, "webhooks", key, body), HttpStatusCode.Created);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.StartsWith("whsec_", (string)again["secret"]!, StringComparison.Ordinal);

        var stored = await Stored(workspace);
        Assert.Contains("Fingerprint", stored, StringComparison.Ordinal);
        Assert.All([key, (string)again["secret"]!], text => Assert.DoesNotContain(text, stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_delivery_said_is_not_told_again()
    {
        var workspace = await TestWorkspace.Create(host);
        var webhook = await workspace.Manage(HttpMethod.Post, "webhooks", new { url = "https://93.184.215.14/", events = new[] { "reaction.created" } }, HttpStatusCode.Created);
        var first = await TestWorkspace.Body(await Post(workspace, $"webhooks/{webhook["id"]}/test", "t", null), HttpStatusCode.Accepted);
        var again = await TestWorkspace.Body(await Post(workspace, $"webhooks/{webhook["id"]}/test", "t", null), HttpStatusCode.Accepted);
        Assert.NotNull(first["body"]);
        Assert.Null(again["body"]);
        Assert.Equal((string?)first["id"], (string?)again["id"]);
    }

    [Fact]
    public async Task A_secret_key_is_regenerated_once_and_its_successor_may_repeat_nothing_of_it()
    {
        var workspace = await TestWorkspace.Create(host);
        var made = await TestWorkspace.Body(await Post(workspace, "keys/secret/regenerate", "r", null), HttpStatusCode.Created);
        await TestWorkspace.Problem(await Post(workspace, "keys/secret/regenerate", "r", null), 401, "unknown_key");
        var fresh = (string)made["key"]!;
        var again = await TestWorkspace.Body(
            await workspace.Managed(HttpMethod.Post, "keys/secret/regenerate", key: fresh, headers: static h => h.Add("Idempotency-Key", "r")), HttpStatusCode.Created);
        Assert.Equal(((string?)made["id"], (string?)null), ((string?)again["id"], (string?)again["key"]));
        Assert.Equal(HttpStatusCode.OK, (await workspace.Managed(HttpMethod.Get, "usage", key: fresh)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("\"\"")]
    public async Task What_is_no_key_is_refused(string key)
    {
        var workspace = await TestWorkspace.Create(host);
        var problem = await TestWorkspace.Problem(await Post(workspace, "keys/test", key, null), 400, "validation");
        Assert.Equal(["Idempotency-Key"], problem["errors"]!.AsObject().Select(static e => e.Key));
        await TestWorkspace.Problem(await Post(workspace, "keys/test", new string('a', 256), null), 400, "validation");
        Assert.Equal(HttpStatusCode.Created, (await Post(workspace, "keys/test", new string('a', 255), null)).StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_told_so()
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await Post(workspace, "moments", "large", new { @event = "e", question = new string('a', 70_000) }), 413, "too_large");
    }

    private static Task<HttpResponseMessage> Post(TestWorkspace workspace, string path, string key, object? body) =>
        workspace.Managed(HttpMethod.Post, path, body, headers: h => h.TryAddWithoutValidation("Idempotency-Key", key));

    private static async Task<int> Publishable(TestWorkspace workspace) =>
        (await workspace.Get("keys"))["items"]!.AsArray().Count(static k => (string?)k!["kind"] == "publishable");

    private async Task<string> Stored(TestWorkspace workspace)
    {
        var read = new GrainState<Grains.Idempotency.IdempotencyState>(new());
        var grain = Grains.GrainKeys.Idempotency(host.Grains, workspace.Id);
        await host.Services.GetRequiredKeyedService<IGrainStorage>(Grains.Storage.Provider).ReadStateAsync(Grains.Storage.Idempotency, grain.GetGrainId(), read);
        return System.Text.Json.JsonSerializer.Serialize(read.State);
    }
}
