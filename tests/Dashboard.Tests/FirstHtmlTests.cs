using System.Net;
using Conclude.Grains;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves what a page shows before any script has run: its content, for whom it is, in their time, and never a reason why something failed.</summary>
public sealed class FirstHtmlTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task The_first_html_holds_the_page()
    {
        await host.Grains.Tenant("acme").AddMoment(new MomentDefinition { Event = "in_first_html", Question = "How was <it>?" });
        using var browser = await SignedIn();

        var html = await browser.GetStringAsync("/moments");

        Assert.Contains("data-event=\"in_first_html\"", html, StringComparison.Ordinal);
        Assert.Contains("How was &lt;it&gt;?", html, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"new-moment\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-busy", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_member_gets_no_html_of_a_page()
    {
        await host.Grains.Tenant("acme").AddMoment(new MomentDefinition { Event = "not_for_strangers", Question = "How was it?" });
        await host.AddStranger("stranger@example.com");
        using var browser = host.Browser();
        await browser.SignIn("stranger@example.com", DashboardHost.Password);

        using var answer = await browser.GetAsync("/moments");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("not_for_strangers", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("nonsense; a=b")]
    public async Task A_time_zone_from_the_browser_is_taken_or_ignored(string zone)
    {
        using var browser = await SignedIn();
        browser.DefaultRequestHeaders.Add("Cookie", "conclude-zone=" + zone);

        using var answer = await browser.GetAsync("/settings/keys");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_read_that_fails_shows_the_designed_state_and_its_reason_is_in_the_log()
    {
        using var browser = await SignedIn();
        host.Ledger.Fails = nameof(Conclude.Ledger.ILedger.ReadUsage);
        try
        {
            var html = await browser.GetStringAsync("/settings/billing");

            Assert.Contains("This page could not be shown", html, StringComparison.Ordinal);
            Assert.Contains("class=\"sidebar\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain(FailingLedger.Secret, html, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", html, StringComparison.Ordinal);
            Assert.Contains(host.Log.Lines, static l => l.Contains(FailingLedger.Secret, StringComparison.Ordinal));
        }
        finally
        {
            host.Ledger.Fails = null;
        }

        Assert.DoesNotContain("could not be shown", await browser.GetStringAsync("/settings/billing"), StringComparison.Ordinal);
    }

    private async Task<HttpClient> SignedIn()
    {
        var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);
        return browser;
    }
}
