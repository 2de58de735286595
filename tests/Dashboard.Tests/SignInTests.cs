using System.Net;
using Conclude.Grains;
using Conclude.Grains.Accounts;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves who gets in, how often they may try, and that everybody else sees nothing.</summary>
public sealed class SignInTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/moments")]
    [InlineData("/moments/observed")]
    [InlineData("/moments/report_exported")]
    [InlineData("/responses")]
    [InlineData("/settings/embed")]
    [InlineData("/account/password")]
    public async Task A_stranger_is_asked_to_sign_in(string page)
    {
        using var browser = host.Browser();

        var response = await browser.GetAsync(page);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(page), response.Path());
    }

    [Fact]
    public async Task The_circuit_is_closed_to_strangers()
    {
        using var browser = host.Browser();

        var response = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task The_owner_signs_in_and_lands_where_they_wanted_to_go()
    {
        using var browser = host.Browser();

        var response = await browser.SignIn("Owner@Example.com ", DashboardHost.Password, "/responses?event=x");

        Assert.Equal("/responses?event=x", response.Path());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_sent_to_another_site()
    {
        using var browser = host.Browser();

        Assert.Equal("/", (await browser.SignIn(DashboardHost.Owner, DashboardHost.Password, "//evil.example/")).Path());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        using var browser = host.Browser();
        await host.AddStranger("known@example.com");

        var wrong = await (await browser.SignIn("known@example.com", "wrong")).Content.ReadAsStringAsync();
        var unknown = await (await browser.SignIn("nobody@example.com", "wrong")).Content.ReadAsStringAsync();

        Assert.Contains("do not match", wrong, StringComparison.Ordinal);
        Assert.Contains("do not match", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_no_member_sees_no_page()
    {
        await host.AddStranger("outsider@example.com");
        using var browser = host.Browser();
        await browser.SignIn("outsider@example.com", DashboardHost.Password);

        var response = await browser.GetAsync("/moments");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/sign-in", response.Path(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_at_once_lock_the_account()
    {
        await host.AddStranger("locked@example.com");
        using var browser = host.Browser();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var attacker = host.Browser();
            await attacker.SignIn("locked@example.com", "wrong");
        }));
        var right = await browser.SignIn("locked@example.com", DashboardHost.Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.NotNull((await host.Grains.Account("locked@example.com").Find())!.LockoutEnd);
    }

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var token = await SignInLinks.Offer(host.Grains, DashboardHost.Owner, TimeProvider.System);
        using var first = host.Browser();
        using var second = host.Browser();

        Assert.Equal("/moments", (await first.GetAsync("/sign-in/link?token=" + token)).Path());
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/moments")).StatusCode);
        Assert.Equal("/sign-in?link=used", (await second.GetAsync("/sign-in/link?token=" + token)).Path());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b")]
    [InlineData("////.AAAA")]
    public async Task A_made_up_link_opens_nothing(string token)
    {
        using var browser = host.Browser();

        Assert.Equal("/sign-in?link=used", (await browser.GetAsync("/sign-in/link?token=" + Uri.EscapeDataString(token))).Path());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_needs_the_pages_own_form()
    {
        using var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);

        var forged = await browser.PostAsync("/sign-out", content: null);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);

        Assert.Equal("/sign-in", (await browser.Submit("/moments", "/sign-out", [])).Path());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/moments")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        const string chosen = "four unrelated words here";
        using var owner = host.Browser();
        await owner.SignIn(DashboardHost.Owner, DashboardHost.Password);

        var refused = await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = "wrong", ["Input.Chosen"] = chosen });
        Assert.Contains("not right", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var changed = await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = DashboardHost.Password, ["Input.Chosen"] = chosen });
        Assert.Equal("/moments", changed.Path());
        using var again = host.Browser();
        Assert.Equal("/", (await again.SignIn(DashboardHost.Owner, chosen)).Path());

        await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = chosen, ["Input.Chosen"] = DashboardHost.Password });
    }
}
