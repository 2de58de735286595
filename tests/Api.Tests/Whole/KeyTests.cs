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
