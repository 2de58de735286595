using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves that the demo app asks one of its people, not the other, and says why.</summary>
public sealed class DemoTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task The_demo_asks_each_person_once_and_tells_why()
    {
        await using var stage = await Stage.Set(chromium, new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await stage.Person.NewPageAsync();
        await page.GotoAsync(stage.Silo.Address + "/demo");
        await page.Locator("[data-user=ada]").ClickAsync();
        await page.Locator("[data-event=report_exported]").First.ClickAsync();
        var prompt = page.Locator("conclude-prompt");
        await Expect(prompt).ToContainTextAsync("How was exporting this report?");
        await page.Take("demo-light-1280");
        await prompt.Locator("[data-reaction=positive]").ClickAsync();
        await Expect(Row("shown")).ToHaveCountAsync(1);

        await page.Locator("[data-event=report_exported]").First.ClickAsync();
        await Expect(Row("cooldown")).ToHaveCountAsync(1);
        await page.Locator("[data-event=search_performed]").First.ClickAsync();
        await Expect(page.Locator("[data-testid=demo-log-row][data-event=search_performed][data-verdict=no_moment]")).ToHaveCountAsync(1);

        // Another person on the same browser is somebody else.
        await page.Locator("[data-user=out]").ClickAsync();
        await page.Locator("[data-user=grace]").ClickAsync();
        await page.Locator("[data-event=report_exported]").First.ClickAsync();
        await Expect(Row("shown")).ToHaveCountAsync(2);

        ILocator Row(string verdict) => page.Locator($"[data-testid=demo-log-row][data-event=report_exported][data-verdict={verdict}]");
    }
}
