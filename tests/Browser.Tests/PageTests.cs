using System.Collections.Concurrent;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>
/// Proves of every dashboard page on two months of history, in both themes and from a small phone to a wide screen, that it is filled, fits
/// its window, asks for nothing that its Content Security Policy refuses, and has no accessibility violation; and takes the pictures, of which
/// docs/images/renew keeps some.
/// </summary>
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
        ("/settings/embed?show=origins", "origins", "[data-testid=save-settings]"),
        ("/settings/embed?show=look", "look", "[data-testid=save-settings]"),
        ("/settings/keys", "keys", "[data-testid=key-row]"),
        ("/settings/webhooks", "webhooks", "[data-testid=new-webhook]"),
        ("/settings/members", "members", "[data-testid=member-row]"),
        ("/settings/audit", "audit", "[data-testid=audit-row]"),
        ("/settings/billing", "billing", "[data-testid=usage-events]"),
        ("/settings/privacy", "privacy", "[data-testid=retention]"),
        ("/people/u%3Auser_0001", "person", "[data-testid=person-name]"),
        ("/account/sessions", "sessions", "[data-testid=session-row]"),
    ];

    [Fact]
    public async Task Every_page_is_filled_fits_and_is_accessible()
    {
        await using var silo = await SiloProcess.Start(("Conclude__RateLimit__Enabled", "false"));
        await silo.Terminate();
        var (done, said) = await SiloCommand.Run(["seed", "--days", "60", "--users", "500"], ("Conclude__DataDirectory", silo.Data.FullName), ("ConnectionStrings__Conclude", ""));
        Assert.True(done == 0, said);
        await silo.Run();
        var problems = new ConcurrentBag<string>();
        await Task.WhenAll(
            from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
            from width in new[] { 1280, 375 }
            select Look(chromium.Browser, silo, scheme, width, problems));
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
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
        var refused = new ConcurrentBag<string>();
        await context.WatchPolicy(refused);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => problems.Add($"script error: {error}");
        await page.SignIn(silo);
        foreach (var (path, name, shows) in Pages)
        {
            await page.GotoAsync(silo.Address + path);
            await Expect(page.Locator(shows).First).ToBeVisibleAsync();
            // Until a page is live its controls are disabled, and so are scrolled from nowhere.
            await page.IsLive();
            var picture = $"{name}-{scheme}-{width}".ToLowerInvariant();
            await page.Take(picture);
            foreach (var refusal in refused)
            {
                problems.Add($"{picture}: {refusal}");
            }

            // Each theme once and each width once: the other two looks would see nothing new, and cost as much.
            if (scheme == ColorScheme.Light == width > 1000)
            {
                foreach (var violation in (await page.RunAxe()).Violations)
                {
                    problems.Add($"{picture}: {violation.Id}: {violation.Help} {violation.Nodes[0].Html}");
                }

                foreach (var size in width > 1000 ? new[] { 800, 900, 1100, 1920 } : new[] { width, 360 })
                {
                    await page.Resize(size, 800);
                    if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > size)
                    {
                        problems.Add($"{picture}: wider than a window of {size}");
                    }
                }

                await page.Resize(width, 800);
            }

            // The accessibility checker puts styles of its own into frames, and is refused.
            refused.Clear();
        }
    }
}
