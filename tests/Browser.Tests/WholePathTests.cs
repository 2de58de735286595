using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves the main job with a real browser, the real script tag on another origin, and the real host.</summary>
[Collection(Timed.Name)]
public sealed class WholePathTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task An_observed_event_becomes_a_moment_that_asks_and_is_counted()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var site = await CustomerSite.Start(silo.Address, SiloProcess.PublishableKey);
        await using var admin = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await using var user = await browser.NewContextAsync();
        var dashboard = await admin.NewPageAsync();
        var app = await user.NewPageAsync();
        await dashboard.SignIn(silo);
        await dashboard.GotoAsync(silo.Address + "/moments/observed");
        await Expect(dashboard.GetByTestId("live-feed")).ToBeVisibleAsync();
        await app.GotoAsync(site.Address);
        await app.WaitForFunctionAsync("() => window.Conclude?.on");
        // The circuit is connected, and the code on the way has run once.
        await app.EvaluateAsync("() => Conclude.event('page_opened')");
        await Expect(dashboard.Row("observed-row", "page_opened")).ToBeVisibleAsync();

        // Observed within a second, with its verdict: the best of three, for other work on the machine makes one slow, and nothing makes one fast.
        var quickest = long.MaxValue;
        foreach (var name in new[] { "report_exported", "report_printed", "report_mailed" })
        {
            if (quickest > 1000)
            {
                var appeared = dashboard.AppearanceOf($"[data-testid=observed-row][data-event={name}]");
                var fired = await app.EvaluateAsync<long>("name => { name === 'report_exported' ? document.querySelector('#export').click() : Conclude.event(name); return Date.now(); }", name);
                quickest = Math.Min(quickest, await appeared - fired);
            }
        }

        Assert.InRange(quickest, 0, 1000);
        await Expect(dashboard.GetByTestId("live-feed")).ToContainTextAsync("report_exported");

        // Promoted from its row, the drawer pre-filled.
        await dashboard.Row("observed-row", "report_exported").GetByTestId("create-moment").ClickAsync();
        var drawer = dashboard.GetByTestId("moment-drawer");
        await Expect(drawer.Locator("[name=event]")).ToHaveValueAsync("report_exported");
        await drawer.Locator("[name=question]").FillAsync("How was exporting this report?");
        await drawer.Locator("[name=followUp]").FillAsync("What got in your way?");
        await dashboard.Take("drawer-light-desktop");
        await drawer.GetByTestId("save-moment").ClickAsync();
        await Expect(dashboard.GetByTestId("snippet")).ToContainTextAsync(SiloProcess.PublishableKey);
        await dashboard.Take("snippet-light-desktop");

        // The next event on the page that is already open asks.
        await dashboard.GotoAsync(silo.Address + "/moments");
        var row = dashboard.Row("moment-row", "report_exported");
        await row.ShowsCount("moment-fires", 1);
        await dashboard.IsLive();
        await app.ClickAsync("#export");
        var prompt = app.Locator("conclude-prompt");
        await Expect(prompt).ToContainTextAsync("How was exporting this report?");
        await app.Take("prompt-light-desktop");
        await prompt.Locator("[data-reaction=frustrated]").ClickAsync();
        await prompt.Locator("textarea[name=comment]").FillAsync("The file was empty");
        await prompt.Locator("[data-action=send]").ClickAsync();

        // Counted, without a reload.
        await row.ShowsCount("moment-fires", 2);
        await row.ShowsCount("moment-frustrated", 1);
        await row.ShowsCount("moment-positive", 0);
        await row.ShowsCount("moment-neutral", 0);
        await dashboard.Take("moments-light-desktop");
        await dashboard.GotoAsync(silo.Address + "/responses");
        await Expect(dashboard.GetByText("The file was empty")).ToBeVisibleAsync();
        await dashboard.GotoAsync(silo.Address + "/moments/report_exported");
        await Expect(dashboard.GetByText("The file was empty")).ToBeVisibleAsync();

        var stats = await silo.Get("/api/v1/moments/report_exported/stats");
        Assert.Equal(1, (int)stats["totals"]!["comments"]!);
        Assert.Equal(1, (int)stats["verdicts"]!["no_moment"]!);
        Assert.Equal(1, (int)stats["verdicts"]!["shown"]!);
    }
}
