using System.Net;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains.Keys;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: keys are made, told once, rotated with both valid, and ended at once.</summary>
public sealed class KeyTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_publishable_key_is_rotated_with_both_valid_until_the_old_one_is_revoked()
    {
        var workspace = await TestWorkspace.Create(host);
        var made = await workspace.Manage(HttpMethod.Post, "keys/publishable", expected: HttpStatusCode.Created);
        var fresh = (string)made["key"]!;
        Assert.StartsWith("pk_live_", fresh, StringComparison.Ordinal);
        Assert.Equal("publishable", (string?)made["kind"]);
        await workspace.Fire("ada", "page_viewed", key: fresh);
        await workspace.Fire("ada", "page_viewed", key: workspace.Publishable);

        var old = ApiKeys.Record(workspace.Publishable, default).Id;
        using (var revoked = await workspace.Managed(HttpMethod.Delete, "keys/publishable/" + old))
        {
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        }

        await TestWorkspace.Problem(await workspace.PostEvents(new { user = new { anonymousId = "ada" }, events = Array.Empty<object>() }), 401, "unknown_key");
        await workspace.Fire("ada", "page_viewed", key: fresh);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "keys/publishable/" + old), 404, "not_found");

        // A key of another kind, and that of another workspace, are not found either.
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "keys/publishable/" + ApiKeys.Record(workspace.Test, default).Id), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "keys/publishable/" + ApiKeys.Record(workspace.SecretKey, default).Id), 404, "not_found");
        var other = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await other.Managed(HttpMethod.Delete, "keys/publishable/" + (string)made["id"]!), 404, "not_found");
        await workspace.Fire("ada", "page_viewed", key: fresh);
    }

    [Fact]
    public async Task A_regenerated_secret_key_is_told_once_and_ends_the_old_one_at_once()
    {
        var workspace = await TestWorkspace.Create(host);
        var made = await workspace.Manage(HttpMethod.Post, "keys/secret/regenerate", expected: HttpStatusCode.Created);
        var fresh = (string)made["key"]!;
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "keys"), 401, "unknown_key");

        var list = await TestWorkspace.Body(await workspace.Managed(HttpMethod.Get, "keys", key: fresh), HttpStatusCode.OK);
        var secret = Assert.Single(list["items"]!.AsArray(), static k => (string?)k!["kind"] == "secret");
        Assert.Null(secret!["key"]);
        Assert.Equal((string?)made["id"], (string?)secret["id"]);
        Assert.DoesNotContain(fresh, list.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(3, list["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_key_that_was_used_tells_when_and_one_that_was_not_does_not()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire("ada", "page_viewed", key: workspace.Publishable);
        var started = TimeProvider.System.GetTimestamp();
        System.Text.Json.Nodes.JsonArray keys;
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "It was not written.");
            await Task.Delay(100);
            keys = (await TestWorkspace.Body(await workspace.Managed(HttpMethod.Get, "keys"), HttpStatusCode.OK))["items"]!.AsArray();
        }
        while (keys.Any(static k => (string?)k!["kind"] != "test" && k["lastUsedAt"] is null));

        Assert.Null(Assert.Single(keys, static k => (string?)k!["kind"] == "test")!["lastUsedAt"]);
    }

    [Fact]
    public async Task A_leaked_key_is_capped_and_bound_to_its_pages_and_the_others_go_on()
    {
        var workspace = await TestWorkspace.Create(host);
        var leaked = ApiKeys.Record(workspace.Publishable, default).Id;
        var other = (string)(await workspace.Manage(HttpMethod.Post, "keys/publishable", new { name = "App" }, HttpStatusCode.Created))["key"]!;
        var changed = await workspace.Manage(
            HttpMethod.Put, "keys/publishable/" + leaked, new { name = "Old", requestsPerSecond = 1, allowedOrigins = new[] { "https://App.acme.com" } });
        Assert.Equal(("Old", 1, "https://app.acme.com"), ((string)changed["name"]!, (int)changed["requestsPerSecond"]!, (string)changed["allowedOrigins"]![0]!));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var mine = await workspace.Widget(HttpMethod.Get, "config", origin: "https://app.acme.com");
            answers.Add(mine.StatusCode);
            using var stolen = await workspace.Widget(HttpMethod.Get, "config", origin: "https://evil.example", key: workspace.Publishable);
            Assert.Equal(HttpStatusCode.Forbidden, stolen.StatusCode);
            using var others = await workspace.Widget(HttpMethod.Get, "config", origin: "https://evil.example", key: other);
            Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        Assert.Contains("key.changed", (await workspace.Get("audit")).ToJsonString(), StringComparison.Ordinal);

        // Rotated: the leaked one ends, the other is as it was.
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Managed(HttpMethod.Delete, "keys/publishable/" + leaked)).StatusCode);
        await workspace.Fire("ada", "page_viewed", key: other);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "keys/publishable/" + leaked, new { }), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "keys/test/" + ApiKeys.Record(other, default).Id, new { }), 404, "not_found");
    }

    [Theory]
    [InlineData("""{"requestsPerSecond":0}""", "requestsPerSecond")]
    [InlineData("""{"requestsPerSecond":100001}""", "requestsPerSecond")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"allowedOrigins":["https://acme.com/path"]}""", "allowedOrigins[0]")]
    [InlineData("""{"allowedOrigins":[null]}""", "allowedOrigins[0]")]
    public async Task What_is_wrong_with_a_key_is_told_by_field(string body, string field)
    {
        var workspace = await TestWorkspace.Create(host);
        foreach (var (method, path) in new[] { (HttpMethod.Post, "keys/publishable"), (HttpMethod.Put, "keys/publishable/" + ApiKeys.Record(workspace.Publishable, default).Id) })
        {
            var problem = await TestWorkspace.Problem(await workspace.Managed(method, path, body), 400, "validation");
            Assert.Equal([field], problem["errors"]!.AsObject().Select(static e => e.Key));
        }
    }

    [Fact]
    public async Task There_are_at_most_twenty_keys_of_a_kind()
    {
        var workspace = await TestWorkspace.Create(host);
        for (var i = 1; i < ApiKeys.MaxOfAKind; i++)
        {
            await workspace.Manage(HttpMethod.Post, "keys/test", expected: HttpStatusCode.Created);
        }

        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "keys/test"), 409, "too_many_keys");
        using var revoked = await workspace.Managed(HttpMethod.Delete, "keys/test/" + ApiKeys.Record(workspace.Test, default).Id);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await workspace.Manage(HttpMethod.Post, "keys/test", expected: HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("usage")]
    [InlineData("users/ada")]
    [InlineData("browsers/ada")]
    [InlineData("responses.csv")]
    public async Task Only_the_secret_key_opens_them(string path)
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, path, key: workspace.Publishable), 403, "wrong_key_type");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, path, key: "sk_live_nobody"), 401, "unknown_key");
    }
}
