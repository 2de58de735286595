using System.Net;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that every page, also one that says what went wrong, refuses scripts, frames and whatever else is not its own.</summary>
public sealed class PageHeadersTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/invite?token=acme.none", HttpStatusCode.OK)]
    [InlineData("/sign-in/link?token=none", HttpStatusCode.Redirect)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/moments", HttpStatusCode.OK)]
    [InlineData("/moments/observed", HttpStatusCode.OK)]
    [InlineData("/moments/exported", HttpStatusCode.OK)]
    [InlineData("/responses", HttpStatusCode.OK)]
    [InlineData("/settings/keys", HttpStatusCode.OK)]
    [InlineData("/account/password", HttpStatusCode.OK)]
    [InlineData("/account/sessions", HttpStatusCode.OK)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/broken", HttpStatusCode.InternalServerError)]
    public async Task Every_page_carries_them(string page, HttpStatusCode status)
    {
        using var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);

        using var answer = await browser.GetAsync(page);

        Assert.Equal(status, answer.StatusCode);
        var rules = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Equal(
            ["base-uri 'self'", "connect-src 'self'", "default-src 'none'", "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "frame-src 'self'", "img-src 'self'", "object-src 'none'", "script-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'"],
            rules.Order(StringComparer.Ordinal));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Contains(Assert.Single(answer.Headers.GetValues("Referrer-Policy")), (string[])["same-origin", "no-referrer"]);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_dashboard/preview")]
    [InlineData("/_dashboard/none/none.js")]
    [InlineData("/api/nothing")]
    public async Task What_answers_to_programs_is_taken_for_what_it_says_it_is(string path)
    {
        using var browser = host.Browser();

        using var answer = await browser.GetAsync(path);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("OWN", HttpStatusCode.OK)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("http://neighbour.127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("nonsense", HttpStatusCode.Forbidden)]
    public async Task No_page_of_another_site_opens_a_circuit_with_somebodys_cookie(string? origin, HttpStatusCode status)
    {
        using var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);
        using HttpRequestMessage request = new(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "OWN" ? browser.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        }

        using var answer = await browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }
}
