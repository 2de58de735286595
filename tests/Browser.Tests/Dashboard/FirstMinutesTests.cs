using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves the first minutes: from an empty workspace to a moment, told what to do at each step.</summary>
public sealed class FirstMinutesTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task From_nothing_to_the_first_moment_each_step_turns_green_by_itself()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var site = await CustomerSite.Start(silo.Address, SiloProcess.PublishableKey);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);

        // The snippet for one's own stack, the key filled in.
        var steps = page.GetByTestId("first-minutes");
        await steps.Locator("[data-stack=react]").ClickAsync();
        await Expect(steps.GetByTestId("snippet")).ToContainTextAsync("ConcludeProvider");
        await Expect(steps.GetByTestId("snippet")).ToContainTextAsync(SiloProcess.PublishableKey);
        await Expect(page.GetByTestId("first-make-moment")).ToBeDisabledAsync();

        // Its first event, seen without a reload. The button that becomes the next step can be read from the first moment on: a tab that is not drawn stays at that.
        var contrast = page.GetByTestId("first-make-moment").EvaluateAsync<double>(ContrastOnceItChanges).Patient();
        var app = await context.NewPageAsync();
        await app.GotoAsync(site.Address);
        await app.ClickAsync("#export");
        await Expect(page.GetByTestId("first-event")).ToHaveClassAsync("done");
        await Expect(page.GetByTestId("first-event")).ToContainTextAsync("report_exported");
        await Expect(page.GetByTestId("first-install")).ToHaveClassAsync("done");
        Assert.InRange(await contrast, 4.5, 21);
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.Take($"first-minutes-{scheme}".ToLowerInvariant());
        }

        await page.GetByTestId("first-make-moment").ClickAsync();
        var drawer = page.GetByTestId("moment-drawer");
        await Expect(drawer.Locator("[name=event]")).ToHaveValueAsync("report_exported");
        await drawer.Locator("[name=question]").FillAsync("How was exporting this report?");
        await drawer.GetByTestId("save-moment").ClickAsync();
        await Expect(page.Row("moment-row", "report_exported")).ToBeVisibleAsync();
        await Expect(steps).ToHaveCountAsync(0);
    }

    /// <summary>Between the words of a button and its ground, by WCAG 2, in the moment in which its look changes.</summary>
    private const string ContrastOnceItChanges = """
        button => new Promise(changed => {
          const luminance = colour => {
            const [r, g, b] = colour.match(/[\d.]+/g).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          new MutationObserver(() => {
            const { color, backgroundColor } = getComputedStyle(button), [a, b] = [color, backgroundColor].map(luminance);
            changed((Math.max(a, b) + .05) / (Math.min(a, b) + .05));
          }).observe(button, { attributeFilter: ["class"] });
        })
        """;
}
