using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Packages;

/// <summary>Proves that the dashboard shows what to paste into each kind of app, filled in; that it fits, is accessible and can be copied.</summary>
[Collection(PackagesCollection.Name)]
public sealed class EmbedTests(ChromiumFixture chromium, PackagesHost host)
{
    [Fact]
    public async Task Every_stack_has_its_snippets_with_the_key()
    {
        await using var context = await chromium.Browser.NewContextAsync(new()
        {
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var page = await context.NewPageAsync();
        await page.SignIn(host.Silo);
        await page.GotoAsync(host.Silo.Address + "/settings/embed");
        var problems = new List<string>();
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 375) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.Resize(width, 900);
            foreach (var (stack, holds) in new[] { ("html", "/widget/v1.js"), ("npm", "@conclude/widget"), ("react", "<ConcludeProvider"), ("http", "CONCLUDE_KEY") })
            {
                await page.Locator($"button[data-stack={stack}]").ClickAsync();
                var steps = page.Locator($"ol[data-stack={stack}]");
                await Expect(steps).ToContainTextAsync(holds);
                await Expect(steps.GetByTestId("snippet")).ToContainTextAsync(SiloProcess.PublishableKey);
                await Expect(steps.GetByTestId("snippet")).ToContainTextAsync(host.Silo.Address);
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
                {
                    problems.Add($"{stack}: wider than {width}");
                }
            }

            await page.Take($"embed-http-{scheme}-{width}".ToLowerInvariant());
        }

        problems.AddRange((await page.RunAxe()).Violations.Select(static v => $"{v.Id}: {v.Help} {v.Nodes[0].Html}"));
        Assert.Empty(problems);

        // What is copied is the text as it stands there.
        var block = page.Locator(".code").Filter(new() { Has = page.GetByTestId("snippet") });
        await page.Says("Copied", () => block.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync());
        Assert.Equal(await page.GetByTestId("snippet").TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }
}
