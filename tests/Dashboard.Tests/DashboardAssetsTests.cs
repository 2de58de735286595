using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Conclude.Dashboard.Hosting;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that every file a page names is there, cached for good under its version and compressed.</summary>
public sealed partial class DashboardAssetsTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Every_file_that_a_page_names_is_served()
    {
        using var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);
        var names = Addresses().Matches(await browser.GetStringAsync("/moments")).Select(m => m.Groups["address"].Value).Where(a => a.StartsWith("/_", StringComparison.Ordinal)).ToList();

        Assert.Contains(names, n => n.StartsWith("/_framework/blazor.web.js", StringComparison.Ordinal));
        foreach (var name in names)
        {
            var response = await browser.GetAsync(WebUtility.HtmlDecode(name));
            Assert.True(response.StatusCode == HttpStatusCode.OK, name);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fonts_that_a_sheet_names_lie_beside_it()
    {
        using var browser = host.Browser();

        foreach (var font in new[] { "inter.woff2", "symbols.woff2" })
        {
            Assert.Contains(font, await browser.GetStringAsync(DashboardAssets.Url(font.StartsWith('i') ? "dashboard.css" : "radzen.css")), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(DashboardAssets.Url(font))).StatusCode);
        }
    }

    [Fact]
    public async Task A_file_is_sent_compressed_and_only_once()
    {
        using var browser = host.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, DashboardAssets.BlazorScriptUrl);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        var first = await browser.SendAsync(request);
        using var again = new HttpRequestMessage(HttpMethod.Get, DashboardAssets.BlazorScriptUrl);
        again.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal("br", Assert.Single(first.Content.Headers.ContentEncoding));
        Assert.InRange((await first.Content.ReadAsByteArrayAsync()).Length, 1, 70_000);
        Assert.Equal(HttpStatusCode.NotModified, (await browser.SendAsync(again)).StatusCode);
    }

    [GeneratedRegex("(?:href|src)=\"(?<address>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Addresses();
}
