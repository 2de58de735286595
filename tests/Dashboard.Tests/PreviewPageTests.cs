using System.Net;
using System.Text.RegularExpressions;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves what the preview's frame is told, that it may load nothing but its own files, and that no other site may frame it.</summary>
public sealed partial class PreviewPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task The_preview_page_may_load_only_its_own_files()
    {
        using var browser = host.Browser();
        var page = await browser.GetAsync(DashboardRoutes.Preview);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var files = Addresses().Matches(html).Select(static m => m.Groups["address"].Value).ToList();
        Assert.Contains("/widget/v1.js", files);
        foreach (var file in files.Where(static f => f.StartsWith("/_dashboard/", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(file)).StatusCode);
        }

        Assert.Equal(3, files.Count);
    }

    [Theory]
    [InlineData("auto", PreviewLook.Light, "light", false)]
    [InlineData("auto", PreviewLook.Dark, "dark", true)]
    [InlineData("light", PreviewLook.Dark, "light", true)]
    [InlineData("dark", PreviewLook.Light, "dark", false)]
    public void A_prompt_follows_its_page_unless_the_workspace_has_decided(string mode, PreviewLook look, string shown, bool dark)
    {
        var message = PreviewMessage.Of("How?", "Why?", Theme.Default with { Mode = mode }, look);

        Assert.Equal((shown, dark), (message.Mode, message.Dark));
    }

    [Theory]
    [InlineData(null, null, PreviewMessage.NoQuestion, null)]
    [InlineData("  ", " ", PreviewMessage.NoQuestion, null)]
    [InlineData(" How was it? ", " Why? ", "How was it?", "Why?")]
    public void What_is_still_empty_has_a_stand_in(string? question, string? followUp, string asked, string? followed)
    {
        var message = PreviewMessage.Of(question, followUp, Theme.Default, PreviewLook.Light);

        Assert.Equal((asked, followed), (message.Question, message.FollowUp));
    }

    [Theory]
    [InlineData("#4f46e5", "#ffffff")]
    [InlineData("#ffe066", "#000000")]
    public void Words_and_colours_are_those_of_a_real_prompt(string accent, string onAccent)
    {
        var message = PreviewMessage.Of("How?", null, Theme.Default with { Accent = accent }, PreviewLook.Light);

        Assert.Equal((accent, onAccent, "Thank you!"), (message.Accent, message.OnAccent, message.Words.Thanks));
    }

    [Fact]
    public void Words_come_in_the_language_that_is_shown_and_read_as_it_does()
    {
        var arabic = PreviewMessage.Of("كيف؟", null, Theme.Default, PreviewLook.Light, "ar-EG");

        Assert.Equal(("ar", "rtl"), (arabic.Words.Lang, arabic.Words.Dir));
    }

    [GeneratedRegex("(?:href|src)=\"(?<address>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Addresses();
}
