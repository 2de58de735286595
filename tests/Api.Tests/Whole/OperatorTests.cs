using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>
/// Proves that the operator puts a workspace on another plan while the server runs, that it is in force at once for events, moments, members and
/// open pages, and that to everybody else the route is not there.
/// </summary>
public sealed class OperatorTests(WholeServer server) : IClassFixture<WholeServer>
{
    private static readonly TimeSpan InForce = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_plan_is_in_force_within_a_second_of_its_change()
    {
        CookieContainer cookies = new();
        var workspace = await TestWorkspace.Create(server.Api, id: "planned", owner: "planned@example.com");
        await workspace.AddMoment("exported");
        using var browser = await server.SignIn("planned@example.com", cookies);
        await using var page = await OpenPage.Open(browser, cookies, "/moments");
        for (var fire = 0; fire < 3; fire++)
        {
            Assert.Equal("ok", (string?)(await workspace.Fire("b1", "opened"))["quota"]);
        }

        var asked = server.Api.Time.GetTimestamp();
        var told = await TestWorkspace.Body(await Put("planned", "tiny"), HttpStatusCode.OK);
        Assert.Equal(
            """{"workspace":"planned","plan":"tiny","eventsPerMonth":4,"moments":1,"members":1,"retentionDays":30,"eventNames":10}""", told.ToJsonString());

        Assert.Equal(("tiny", """{"used":3,"limit":4}"""), (await Usage(workspace)));
        Assert.Equal("ok", (string?)(await workspace.Fire("b1", "opened"))["quota"]);
        Assert.Equal("exceeded", (string?)(await workspace.Fire("b1", "opened"))["quota"]);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Post, "moments", new { @event = "second", question = "How?" }), 409, "plan_limit");
        Assert.True(server.Api.Time.GetElapsedTime(asked) < InForce + TimeSpan.FromSeconds(1), "It took longer than the change itself may take and a second.");
        await page.Shows("The events of this month are used up.");
        Assert.Contains("of this month are used up", await browser.GetStringAsync("/moments"), StringComparison.Ordinal);
        Assert.Equal(["operator"], (await workspace.Get("audit?kind=workspace.plan_changed"))["items"]!.AsArray().Select(static e => (string?)e!["author"]!["kind"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a-token-of-the-operator-of-this-serveR")]
    [InlineData("Bearer a-token-of-the-operator-of-this-server-too")]
    [InlineData("Basic a-token-of-the-operator-of-this-server")]
    [InlineData("a-token-of-the-operator-of-this-server")]
    public async Task Without_the_token_the_route_is_not_there(string? authorization)
    {
        await using var none = await ApiHost.Start(("Conclude:RateLimit:Enabled", "false"));
        var id = $"kept-{authorization?.GetHashCode(StringComparison.Ordinal):x}";
        var workspace = await TestWorkspace.Create(server.Api, id: id);
        var refused = await Said(server.Api, id, authorization, workspace.SecretKey);
        Assert.Equal(await Said(none, id, authorization, workspace.SecretKey), refused);
        Assert.StartsWith("404", refused, StringComparison.Ordinal);
        using var other = await workspace.Managed(HttpMethod.Get, $"operator/workspaces/{id}/plan");
        await TestWorkspace.Problem(other, 404, "not_found");
        Assert.Equal("self_hosted", (await Usage(workspace)).Plan);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        await TestWorkspace.Create(server.Api, id: "said");
        await TestWorkspace.Problem(await Put("nowhere", "tiny"), 404, "not_found");
        await TestWorkspace.Problem(await Put("NO%2Fid", "tiny"), 404, "not_found");
        await TestWorkspace.Problem(await Put("said", "no_such"), 400, "validation");
        await TestWorkspace.Problem(await Put("said", null), 400, "validation");
    }

    private static async Task<(string? Plan, string Events)> Usage(TestWorkspace workspace)
    {
        var usage = await workspace.Get("usage");
        return ((string?)usage["plan"], usage["events"]!.ToJsonString());
    }

    private async Task<HttpResponseMessage> Put(string workspace, string? plan)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(server.Api.Address, $"/api/v1/operator/workspaces/{workspace}/plan")) { Content = JsonContent.Create(new JsonObject { ["plan"] = plan }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WholeServer.OperatorToken);
        return await server.Api.Http.SendAsync(request);
    }

    private static async Task<string> Said(ApiHost host, string workspace, string? authorization, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(host.Address, $"/api/v1/operator/workspaces/{workspace}/plan")) { Content = JsonContent.Create(new { plan = "tiny" }) };
        request.Headers.Add("x-conclude-api-key", key);
        if (authorization is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        }

        using var answer = await host.Http.SendAsync(request);
        return $"{(int)answer.StatusCode} {string.Join(' ', answer.Headers.Where(static h => h.Key != "Date").Select(static h => h.Key))} {await answer.Content.ReadAsStringAsync()}";
    }
}
