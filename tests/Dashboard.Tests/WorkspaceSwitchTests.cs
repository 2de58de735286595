using System.Net;
using Conclude.Dashboard.Accounts;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that an account of several workspaces is in one at a time, by its own choice, and never in one that it does not belong to.</summary>
public sealed class WorkspaceSwitchTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task A_member_switches_to_their_own_workspaces_and_to_no_other()
    {
        await host.AddWorkspace("alpha", "both@example.com");
        await host.AddWorkspace("beta", "both@example.com");
        await host.AddWorkspace("foreign", "else@example.com");
        using var browser = host.Browser();
        await browser.SignIn("both@example.com", DashboardHost.Password);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/workspace", new FormUrlEncodedContent([new("workspace", "beta")]))).StatusCode);
        foreach (var other in new[] { "foreign", "nobody", "", "a/b", "ALPHA" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Switch(browser, other)).StatusCode);
        }

        Assert.Equal("/moments", (await Switch(browser, "beta")).Path());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
        await using var circuit = host.Circuit();
        Assert.Equal(["alpha", "beta"], (await circuit.Get<Memberships>().Of("both@example.com")).Select(static w => w.Workspace));
    }

    [Fact]
    public async Task Who_is_removed_from_one_workspace_goes_on_in_another_and_sees_the_first_no_more()
    {
        await host.AddWorkspace("first", "boss@example.com");
        await host.AddWorkspace("second", "moved@example.com");
        await host.AddMember("moved@example.com", MemberRole.Viewer, "first");
        using var browser = host.Browser();
        await browser.SignIn("moved@example.com", DashboardHost.Password);
        await Switch(browser, "first");

        Assert.Equal(SaveStatus.Saved, await host.Grains.Tenant("first").RemoveMember(Author.Operator, "moved@example.com"));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Switch(browser, "first")).StatusCode);
        await using var circuit = host.Circuit();
        Assert.Equal(["second"], (await circuit.Get<Memberships>().Of("moved@example.com")).Select(static w => w.Workspace));
        Assert.Equal("second", await circuit.Get<Memberships>().Choose("moved@example.com", "first"));
    }

    // Any page of the signed-in has the token; this one needs no circuit.
    private static Task<HttpResponseMessage> Switch(HttpClient browser, string workspace) =>
        browser.Submit("/account/sessions", "/workspace", new() { ["workspace"] = workspace });
}
