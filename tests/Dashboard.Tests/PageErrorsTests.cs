using System.Net;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that a failure is a page of ours that tells nothing of the inside, in Development too, and that programs are left alone.</summary>
public sealed class PageErrorsTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task A_failure_is_a_page_without_its_reason()
    {
        using var browser = host.Browser();

        var response = await browser.GetAsync("/broken");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("Something went wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_of_ours()
    {
        using var browser = host.Browser();

        var response = await browser.GetAsync("/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no such page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_of_the_api_is_no_page()
    {
        using var browser = host.Browser();

        Assert.Empty(await (await browser.GetAsync("/api/nothing")).Content.ReadAsStringAsync());
    }
}
