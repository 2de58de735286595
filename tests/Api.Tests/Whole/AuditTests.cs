using System.Net;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: who changed a workspace is told newest first, by pages, by kind and author, to this workspace's own secret key.</summary>
public sealed class AuditTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Changes_are_told_newest_first_by_pages_and_never_another_workspaces()
    {
        var workspace = await TestWorkspace.Create(host);
        var other = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        await other.AddMoment("secret_of_other");
        using (var erased = await workspace.Managed(HttpMethod.Delete, "users/user_123"))
        {
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        }

        var first = await Read(workspace, "audit?limit=2");
        Assert.Equal(["person.erased", "moment.created"], first["items"]!.AsArray().Select(static e => (string?)e!["kind"]));
        Assert.Equal(("key", "exported"), ((string?)first["items"]![1]!["author"]!["kind"], (string?)first["items"]![1]!["subject"]));
        var author = (string)first["items"]![1]!["author"]!["id"]!;
        var rest = await Read(workspace, "audit?limit=2&cursor=" + (string)first["next"]!);
        Assert.Equal(["workspace.created"], rest["items"]!.AsArray().Select(static e => (string?)e!["kind"]));
        Assert.Equal(("operator", null, null), ((string?)rest["items"]![0]!["author"]!["kind"], (string?)rest["items"]![0]!["author"]!["id"], (string?)rest["next"]));

        Assert.Equal(2, (await Read(workspace, "audit?author=" + author))["items"]!.AsArray().Count);
        Assert.Single((await Read(workspace, "audit?kind=moment"))["items"]!.AsArray());
        Assert.Empty((await Read(workspace, "audit?to=2020-01-01T00:00:00Z"))["items"]!.AsArray());
        var all = (await Read(workspace, "audit"))!.ToJsonString();
        Assert.DoesNotContain("secret_of_other", all, StringComparison.Ordinal);
        Assert.DoesNotContain("user_123", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("cursor=x")]
    [InlineData("cursor=ffffffffffffffff")]
    [InlineData("from=yesterday")]
    public async Task A_filter_that_cannot_be_read_is_refused(string query) =>
        await TestWorkspace.Problem(await (await TestWorkspace.Create(host)).Managed(HttpMethod.Get, "audit?" + query), 400, "validation");

    private static async Task<System.Text.Json.Nodes.JsonNode> Read(TestWorkspace workspace, string path) =>
        await TestWorkspace.Body(await workspace.Managed(HttpMethod.Get, path), HttpStatusCode.OK);
}
