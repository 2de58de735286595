using System.Net;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves who gets in by an invite's link: the person it names, once, and never into somebody else's account.</summary>
public sealed class InviteTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string Chosen = "four unrelated words here";

    [Fact]
    public async Task Somebody_new_chooses_a_password_and_is_in()
    {
        var link = await Invite("new@example.com", MemberRole.Viewer);
        using var browser = host.Browser();

        Assert.Contains("at least 12", await (await Accept(browser, link, "short")).Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/moments", (await Accept(browser, link, Chosen)).Path());

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
        Assert.Equal(MemberRole.Viewer, await RoleOf("new@example.com"));
        Assert.Contains("is over", await browser.GetStringAsync(link), StringComparison.Ordinal);
        using var again = host.Browser();
        Assert.Equal("/", (await again.SignIn("new@example.com", Chosen)).Path());
    }

    [Fact]
    public async Task Who_has_an_account_says_its_password()
    {
        await host.AddWorkspace("known", "known@example.com");
        var link = await Invite("known@example.com", MemberRole.Admin);
        using var browser = host.Browser();

        Assert.Contains("not the password", await (await Accept(browser, link, Chosen)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await RoleOf("known@example.com"));
        Assert.Equal("/moments", (await Accept(browser, link, DashboardHost.Password)).Path());

        Assert.Equal(MemberRole.Admin, await RoleOf("known@example.com"));
    }

    [Fact]
    public async Task Who_is_signed_in_only_confirms_and_nobody_else_can()
    {
        await host.AddWorkspace("signed", "signed@example.com");
        var link = await Invite("signed@example.com", MemberRole.Viewer);
        using var other = host.Browser();
        await other.SignIn(DashboardHost.Owner, DashboardHost.Password);
        Assert.Contains("not the password", await (await Accept(other, link, "")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var browser = host.Browser();
        await browser.SignIn("signed@example.com", DashboardHost.Password);

        Assert.Equal("/moments", (await Accept(browser, link, "")).Path());

        Assert.Equal(MemberRole.Viewer, await RoleOf("signed@example.com"));
    }

    [Fact]
    public async Task Whoever_holds_the_link_sets_no_password_of_an_account_that_belongs_elsewhere()
    {
        // Its owner comes in by links alone.
        await host.Grains.Tenant("passwordless").Create(new NewWorkspace("passwordless", PlanLimits.SelfHosted, "links@example.com", [], "x"));
        var link = await Invite("links@example.com", MemberRole.Viewer);
        using var attacker = host.Browser();

        Assert.Contains("one-time link first", await attacker.GetStringAsync(link), StringComparison.Ordinal);
        await attacker.Submit("/sign-in", link, new() { ["_handler"] = "invite", ["Input.Password"] = Chosen });

        Assert.Null((await host.Grains.Account("links@example.com").Find())!.PasswordHash);
        Assert.Null(await RoleOf("links@example.com"));

        using var owner = host.Browser();
        await owner.GetAsync("/sign-in/link?token=" + await SignInLinks.Offer(host.Grains, "links@example.com", TimeProvider.System));
        Assert.Equal("/moments", (await Accept(owner, link, "")).Path());
        Assert.Equal(MemberRole.Viewer, await RoleOf("links@example.com"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme.guess")]
    [InlineData("nobody.guess")]
    [InlineData("../../etc.guess")]
    public async Task A_made_up_link_opens_nothing(string token)
    {
        using var browser = host.Browser();
        var page = await browser.GetAsync("/invite?token=" + Uri.EscapeDataString(token));
        Assert.Contains("is over", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
    }

    private async Task<string> Invite(string email, MemberRole role)
    {
        var token = InviteTokens.Make("acme");
        Assert.Equal(SaveStatus.Saved, await host.Grains.Tenant("acme").Invite(Author.Member(DashboardHost.Owner), email, role, InviteTokens.Hash(token)));
        return "/invite?token=" + token;
    }

    private static Task<HttpResponseMessage> Accept(HttpClient browser, string link, string password) =>
        browser.Submit(link, link, new() { ["_handler"] = "invite", ["Input.Password"] = password });

    private async Task<MemberRole?> RoleOf(string email) => (await host.Grains.Tenant("acme").Snapshot())!.FindMember(email)?.Role;
}
