using System.Collections.Concurrent;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves of every dashboard page, in both themes and at two widths, that it is filled, fits its window and has no accessibility violation; and takes the pictures.</summary>
public sealed class PageTests(ChromiumFixture chromium)
{
    private static readonly (string Path, string Name, string Shows)[] Pages =
    [
        ("/moments", "moments", "[data-testid=moment-row]"),
        ("/moments/observed", "observed", "[data-testid=observed-row]"),
        ("/moments/search_performed", "moment", "[data-testid=total-fires]"),
        ("/responses", "responses", "[data-testid=response-row]"),
        ("/settings/general", "general", "[data-testid=save-settings]"),
        ("/settings/embed", "embed", "[data-testid=snippet]"),
        ("/settings/keys", "keys", "[data-testid=key-row]"),
        ("/settings/billing", "billing", "[data-testid=usage-events]"),
    ];

    [Fact]
    public async Task Every_page_is_filled_fits_and_is_accessible()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__RateLimit__Enabled", "false")));
        await History.Fill(silo);
        var problems = new ConcurrentBag<string>();
        await Task.WhenAll(
            from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
            from width in new[] { 1280, 375 }
            select Look(chromium.Browser, silo, scheme, width, problems));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Signed_out_every_page_leads_to_sign_in_and_back()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(silo.Address + "/responses");
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        await page.GetByTestId("sign-in-email").FillAsync(SiloProcess.OwnerEmail);
        await page.GetByTestId("sign-in-password").FillAsync("wrong");
        await page.GetByTestId("sign-in-submit").ClickAsync();
        await Expect(page.GetByTestId("sign-in-problem")).ToBeVisibleAsync();
        await page.GetByTestId("sign-in-email").FillAsync(SiloProcess.OwnerEmail);
        await page.GetByTestId("sign-in-password").FillAsync(SiloProcess.OwnerPassword);
        await page.GetByTestId("sign-in-submit").ClickAsync();
        await page.WaitForURLAsync("**/responses");
    }

    [Fact]
    public async Task The_printed_link_signs_the_owner_in_once()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await silo.PrintedSoon("sign-in/link?token=");
        var link = silo.Printed.Split('\n').First(static l => l.Contains("sign-in/link?token=", StringComparison.Ordinal)).Split(' ')[^1].Trim();
        await using (var first = await browser.NewContextAsync())
        {
            var page = await first.NewPageAsync();
            await page.GotoAsync(link);
            if (new Uri(page.Url).AbsolutePath != "/moments")
            {
                await page.GetByRole(AriaRole.Button).First.ClickAsync();
                await page.WaitForURLAsync("**/moments**");
            }

            await Expect(page.GetByTestId("new-moment")).ToBeVisibleAsync();
        }

        await using var second = await browser.NewContextAsync();
        var again = await second.NewPageAsync();
        await again.GotoAsync(link);
        await again.GotoAsync(silo.Address + "/moments");
        Assert.Equal("/sign-in", new Uri(again.Url).AbsolutePath);
    }

    private static async Task Look(IBrowser browser, SiloProcess silo, ColorScheme scheme, int width, ConcurrentBag<string> problems)
    {
        await using var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => problems.Add($"script error: {error}");
        await page.SignIn(silo);
        foreach (var (path, name, shows) in Pages)
        {
            await page.GotoAsync(silo.Address + path);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            var picture = $"{name}-{scheme}-{width}".ToLowerInvariant();
            await page.Take(picture);
            // Colours were looked at in the wide window, and the narrow one in light: the fourth look would see nothing new, and costs as much.
            foreach (var violation in scheme == ColorScheme.Dark && width < 400 ? [] : (await page.RunAxe()).Violations)
            {
                problems.Add($"{picture}: {violation.Id}: {violation.Help} {violation.Nodes[0].Html}");
            }

            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            {
                problems.Add($"{picture}: wider than its window");
            }
        }
    }
}
