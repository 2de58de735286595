using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves that somebody can follow what happens: watch, filter and pause the feed, and block a name that is noise.</summary>
public sealed class ObservedEventsTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task The_feed_is_filtered_paused_and_goes_on()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__RateLimit__Enabled", "false")));
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        await page.GotoAsync(silo.Address + "/moments/observed");
        await Expect(page.GetByTestId("short-steps")).ToBeVisibleAsync();
        await page.IsLive();
        var feed = page.GetByTestId("live-feed");
        var lines = feed.Locator("li");
        await silo.Fire("ada", "report_exported", "page_opened");
        await silo.Fire("grace", "page_opened");
        await Expect(lines).ToHaveCountAsync(3);
        await silo.Fire("ada", SiloProcess.TestKey, "report_exported");
        await Expect(lines.First.Locator(".badge")).ToHaveTextAsync("Test");
        await Expect(lines.First).ToContainTextAsync("Not asked: not a moment");

        // Filtered by event and by person, which the address keeps.
        await feed.Locator("[name=feed-event]").FillAsync("opened");
        await Expect(lines).ToHaveCountAsync(2);
        await feed.Locator("[name=feed-user]").FillAsync("grace");
        await Expect(lines).ToHaveCountAsync(1);
        await page.WaitForURLAsync("**/moments/observed?event=opened&user=grace");
        await page.ReloadAsync();
        await Expect(lines).ToHaveCountAsync(1);
        await Expect(lines.First).ToContainTextAsync("grace");
        await feed.Locator("[name=feed-user]").FillAsync("");

        // Under the pointer it stands still and says what waits; it goes on where it was.
        await Expect(lines).ToHaveCountAsync(2);
        await lines.First.HoverAsync();
        await Expect(page.GetByTestId("feed-state")).ToHaveTextAsync("Paused");
        await silo.Fire("alan", "page_opened", "page_opened");
        await Expect(page.GetByTestId("feed-state")).ToHaveTextAsync("Paused · 2 new");
        await Expect(lines).ToHaveCountAsync(2);
        await page.Mouse.MoveAsync(2, 2);
        await Expect(lines).ToHaveCountAsync(4);
        await page.GetByTestId("feed-pause").ClickAsync();
        await Expect(page.GetByTestId("feed-state")).ToHaveTextAsync("Paused");
        await silo.Fire("alan", "page_opened");
        await Expect(page.GetByTestId("feed-state")).ToHaveTextAsync("Paused · 1 new");
        await page.GetByTestId("feed-pause").ClickAsync();
        await Expect(lines).ToHaveCountAsync(5);

        // Noise is blocked, and comes back when it is unblocked.
        var row = page.Row("observed-row", "page_opened");
        await row.GetByTestId("row-menu").ClickAsync();
        await row.GetByTestId("block-name").ClickAsync();
        await page.GetByTestId("sure").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Equal("blocked_event_name", (string?)(await silo.Fire("ada", "page_opened"))["rejected"]![0]!["code"]);
        await page.GetByTestId("blocked-names").Locator("summary").ClickAsync();
        await page.GetByTestId("unblock-name").ClickAsync();
        await Expect(row.GetByTestId("observed-count")).ToHaveTextAsync("5");
        Assert.Equal(1, (int)(await silo.Fire("ada", "page_opened"))["accepted"]!);
        await Expect(row.GetByTestId("observed-count")).ToHaveTextAsync("6");
    }
}
