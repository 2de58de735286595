using System.Net;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: a person gets all that is stored of them, and is gone afterwards, while what was counted stays.</summary>
public sealed class UserTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task All_that_is_stored_of_a_person_is_handed_out_and_then_erased()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { followUp = "What was slow?" });
        var ada = new { externalId = "ada", anonymousId = "browser-1", email = "ada@acme.com", name = "Ada", companies = new[] { new { id = "co_1", name = "Acme" } }, traits = new { plan = "pro" } };
        await workspace.Fire("browser-1", "page_viewed");
        var prompt = (await workspace.Fire(ada, "exported"))["prompt"]!;
        await workspace.Done(prompt, "seen", new { view = "v" });
        await workspace.Done(prompt, "reaction", new { reaction = "neutral" });
        await workspace.Done(prompt, "comment", new { text = "Slow today." });
        await workspace.Fire(new { externalId = "bob", email = "bob@acme.com" }, "page_viewed");
        await workspace.Fire(new { externalId = "ada" }, "page_viewed", key: workspace.Test);

        var export = await workspace.Get("users/ada");
        Assert.Equal("ada@acme.com", (string?)export["user"]!["email"]);
        Assert.Equal("pro", (string?)export["user"]!["traits"]!["plan"]);
        Assert.Equal("Acme", (string?)export["user"]!["companies"]![0]!["name"]);
        Assert.Equal("""["browser-1"]""", export["anonymousIds"]!.ToJsonString());
        var asked = Assert.Single(export["prompts"]!.AsArray())!;
        Assert.Equal(("neutral", "Slow today.", "What was slow?"), ((string?)asked["reaction"], (string?)asked["comment"], (string?)asked["followUp"]));
        Assert.Equal("ada@acme.com", (string?)asked["user"]!["email"]);
        Assert.Equal(["exported", "page_viewed", "page_viewed"], export["events"]!.AsArray().Select(static e => (string)e!["name"]!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("bob", export.ToJsonString(), StringComparison.Ordinal);

        var before = (await workspace.Stats("exported"))["totals"]!.ToJsonString();
        await Gone(workspace, "users/ada");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "users/ada"), 404, "not_found");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "browsers/browser-1"), 404, "not_found");
        Assert.Equal(before, (await workspace.Stats("exported"))["totals"]!.ToJsonString());
        var answer = Assert.Single((await workspace.Get("responses"))["items"]!.AsArray())!;
        Assert.Null(answer["comment"]);
        Assert.Null(answer["user"]!["email"]);
        Assert.Equal("neutral", (string?)answer["reaction"]);
        Assert.Equal("bob@acme.com", (string?)(await workspace.Get("users/bob"))["user"]!["email"]);

        // Whoever comes back is somebody new.
        Assert.NotNull((await workspace.Fire(ada, "exported"))["prompt"]);
    }

    [Fact]
    public async Task A_session_that_knew_them_writes_nothing_of_them_back()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported", new { oncePerUser = true });
        var ada = new { externalId = "ada", anonymousId = "browser-1", email = "ada@acme.com", name = "Ada" };
        Assert.NotNull((await workspace.Fire(ada, "exported"))["prompt"]);
        Assert.Null((await workspace.Fire("browser-1", "exported"))["prompt"]);

        await Gone(workspace, "users/ada");
        // Asked at once: the browser's session knew whose it was, and the person's knew everything.
        Assert.NotNull((await workspace.Fire("browser-1", "exported"))["prompt"]);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "users/ada"), 404, "not_found");
        Assert.DoesNotContain(await host.Ledger.ReadRecentFires(workspace.Id, 100), static f => f.User is "ada@acme.com");

        await workspace.Fire(new { externalId = "ada", traits = new { plan = "pro" } }, "exported");
        var known = (await workspace.Get("users/ada"))["user"]!;
        Assert.Equal((null, null, "pro"), ((string?)known["email"], (string?)known["name"], (string?)known["traits"]!["plan"]));
    }

    [Fact]
    public async Task Nobody_is_not_found_and_erased_all_the_same()
    {
        var workspace = await TestWorkspace.Create(host);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "users/nobody"), 404, "not_found");
        await Gone(workspace, "users/nobody");
        await workspace.Fire("somebody", "page_viewed");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "users/nobody"), 404, "not_found");
        await Gone(workspace, "users/nobody");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("Zoë?x=1#y")]
    [InlineData("a b+c")]
    public async Task Whatever_the_id_is_made_of_it_is_the_persons(string id)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire(new { externalId = id, email = "odd@acme.com" }, "page_viewed");
        var path = "users/" + Uri.EscapeDataString(id);
        Assert.Equal(id, (string?)(await workspace.Get(path))["user"]!["externalId"]);
        await Gone(workspace, path);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, path), 404, "not_found");
    }

    [Fact]
    public async Task A_browser_that_nobody_was_named_on_is_handed_out_and_erased_by_its_own_id()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire("browser-9", "page_viewed");
        var export = await workspace.Get("browsers/browser-9");
        Assert.Equal("page_viewed", (string?)Assert.Single(export["events"]!.AsArray())!["name"]);
        Assert.Equal("""["browser-9"]""", export["anonymousIds"]!.ToJsonString());
        await Gone(workspace, "browsers/browser-9");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "browsers/browser-9"), 404, "not_found");
    }

    [Fact]
    public async Task Another_workspace_neither_sees_nor_erases_them()
    {
        var mine = await TestWorkspace.Create(host);
        var theirs = await TestWorkspace.Create(host);
        await mine.Fire(new { externalId = "ada", email = "ada@acme.com" }, "page_viewed");
        await TestWorkspace.Problem(await theirs.Managed(HttpMethod.Get, "users/ada"), 404, "not_found");
        await Gone(theirs, "users/ada");
        Assert.Equal("ada@acme.com", (string?)(await mine.Get("users/ada"))["user"]!["email"]);
    }

    private static async Task Gone(TestWorkspace workspace, string path)
    {
        using var erased = await workspace.Managed(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
    }
}
