using System.Net;
using System.Net.Http.Headers;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: two admins who save at once do not undo each other's work unseen; what did not change is not sent again.</summary>
public sealed class SettingsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Settings_are_replaced_only_as_they_were_read()
    {
        var workspace = await TestWorkspace.Create(host);
        var first = await Tag(workspace, "settings");
        await workspace.AddMoment("exported");
        Assert.Equal(first, await Tag(workspace, "settings"));

        using var saved = await Save(workspace, 24, h => h.IfMatch.Add(first));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var second = saved.Headers.ETag!;
        Assert.NotEqual(first, second);
        Assert.Equal(second, await Tag(workspace, "settings"));
        await TestWorkspace.Problem(await Save(workspace, 48, h => h.IfMatch.Add(first)), 412, "version_mismatch");
        await TestWorkspace.Problem(await Save(workspace, 48, static h => h.TryAddWithoutValidation("If-Match", "\"never\"")), 412, "version_mismatch");
        Assert.Equal(24, (int)(await workspace.Get("settings"))["quietPeriodHours"]!);

        // Saved as they are, they are the same; without a condition they are replaced.
        Assert.Equal(second, (await Save(workspace, 24, static _ => { })).Headers.ETag);
        Assert.NotEqual(second, (await Save(workspace, 48, static _ => { })).Headers.ETag);
    }

    [Fact]
    public async Task What_the_caller_has_is_not_sent_again()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        foreach (var path in new[] { "settings", "moments/exported" })
        {
            var tag = await Tag(workspace, path);
            using var unchanged = await workspace.Managed(HttpMethod.Get, path, headers: h => h.IfNoneMatch.Add(tag));
            Assert.Equal((HttpStatusCode.NotModified, "", tag), (unchanged.StatusCode, await unchanged.Content.ReadAsStringAsync(), unchanged.Headers.ETag));
            using var other = await workspace.Managed(HttpMethod.Get, path, headers: static h => h.TryAddWithoutValidation("If-None-Match", "\"never\""));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Fact]
    public async Task A_webhook_is_replaced_and_removed_only_as_it_was_read()
    {
        var workspace = await TestWorkspace.Create(host);
        var body = new { url = "https://93.184.215.14/", events = new[] { "reaction.created" } };
        var path = "webhooks/" + (string)(await workspace.Manage(HttpMethod.Post, "webhooks", body, HttpStatusCode.Created))["id"]!;
        var first = await Tag(workspace, path);
        using var saved = await workspace.Managed(HttpMethod.Put, path, body, headers: h => h.IfMatch.Add(first));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, path, body, headers: h => h.IfMatch.Add(first)), 412, "version_mismatch");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, path, headers: h => h.IfMatch.Add(first)), 412, "version_mismatch");
        using var removed = await workspace.Managed(HttpMethod.Delete, path, headers: h => h.IfMatch.Add(saved.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    private static Task<HttpResponseMessage> Save(TestWorkspace workspace, int quietPeriodHours, Action<HttpRequestHeaders> condition) =>
        workspace.Managed(HttpMethod.Put, "settings", new { quietPeriodHours }, headers: condition);

    private static async Task<EntityTagHeaderValue> Tag(TestWorkspace workspace, string path)
    {
        using var answer = await workspace.Managed(HttpMethod.Get, path);
        return answer.Headers.ETag!;
    }
}
