using System.Collections.Concurrent;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves that the strict Content Security Policy lets through all that pages do while people use them: Chromium refuses nothing; and that it refuses the rest.</summary>
public sealed class ContentPolicyTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Nothing_that_people_do_is_refused()
    {
        await using var stage = await Stage.Set(chromium, new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        ConcurrentBag<string> refused = [];
        await stage.Person.WatchPolicy(refused);
        var page = await stage.Person.NewPageAsync();
        var silo = stage.Silo;

        // The demo, its prompt and an answer; so the pages below have something to show.
        await page.GotoAsync(silo.Address + "/demo");
        await page.Locator("[data-user=ada]").ClickAsync();
        await page.Locator("[data-event=report_exported]").First.ClickAsync();
        await page.Locator("conclude-prompt [data-reaction=frustrated]").ClickAsync();
        await page.Locator("conclude-prompt textarea[name=comment]").FillAsync("Too slow");
        await page.Locator("conclude-prompt [data-action=send]").ClickAsync();
        await page.Locator("[data-event=report_shared]").First.ClickAsync();
        await Expect(page.Locator("[data-testid=demo-log-row][data-event=report_shared]")).ToHaveCountAsync(1);

        await page.SignIn(silo);
        await page.GetByTestId("new-moment").First.ClickAsync();
        var drawer = page.GetByTestId("moment-drawer");
        await drawer.Locator("[name=event]").FillAsync("report_shared");
        await drawer.Locator("[name=question]").FillAsync("How was sharing?");
        await Expect(drawer.FrameLocator("iframe").Locator("conclude-prompt")).ToContainTextAsync("How was sharing?");
        await page.GetByTestId("save-moment").ClickAsync();
        await Expect(page.GetByTestId("snippet")).ToBeVisibleAsync();
        await page.GetByTestId("snippet").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.Locator(".rz-dialog-mask")).ToHaveCountAsync(0);
        foreach (var theme in new[] { "dark", "light", "auto" })
        {
            await page.Locator($"[data-theme-choice={theme}]").First.ClickAsync();
        }

        await page.GotoAsync(silo.Address + "/settings/general");
        await page.Locator("[name=quietPeriodHours]").FillAsync("1");
        await page.Says("Settings were saved.", () => page.GetByTestId("save-settings").First.ClickAsync());

        await page.GotoAsync(silo.Address + "/settings/embed?show=look");
        await Expect(page.FrameLocator("[data-testid=preview] iframe").Locator("conclude-prompt [data-reaction=positive]")).ToBeVisibleAsync();
        await page.GotoAsync(silo.Address + "/settings/keys");
        var keys = page.Locator("[data-testid=key-row][data-kind=publishable]");
        await page.GetByTestId("new-publishable").ClickThrough();
        await Expect(keys).ToHaveCountAsync(2);
        await keys.Last.GetByTestId("revoke-key").ClickAsync();
        await page.GetByTestId("sure").ClickAsync();
        await Expect(keys).ToHaveCountAsync(1);

        await page.GotoAsync(silo.Address + "/settings/members");
        await page.Locator("[name=email]").FillAsync("ada@acme.com");
        await page.GetByTestId("make-invite").First.ClickAsync();
        var link = (await page.GetByTestId("invite-link").TextContentAsync())!;

        foreach (var path in new[] { "/moments/report_exported", "/moments/observed", "/responses", "/settings/billing", "/settings/privacy", "/settings/webhooks", "/settings/audit", "/people/u%3Aada", "/moments/report_exported?range=7d" })
        {
            await page.GotoAsync(silo.Address + path);
            await page.IsLive();
        }

        foreach (var path in new[] { "/account/sessions", "/account/password", "/nothing/here", "/_dashboard/preview", "/widget/v1.js" })
        {
            await page.GotoAsync(silo.Address + path);
        }

        await page.GotoAsync(silo.Address + "/account/sessions");
        await page.GetByTestId("sign-out-everywhere").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GotoAsync(link);
        await page.GetByTestId("invite-password").FillAsync("four unrelated words here");
        await page.GetByTestId("invite-accept").ClickAsync();
        await page.WaitForURLAsync("**/moments");
        await page.IsLive();

        Assert.Empty(refused);
    }

    [Fact]
    public async Task What_a_stranger_would_put_into_a_page_is_refused()
    {
        await using var stage = await Stage.Set(chromium);
        ConcurrentBag<string> refused = [];
        await stage.Person.WatchPolicy(refused);
        var page = await stage.Person.NewPageAsync();
        await page.SignIn(stage.Silo);
        await page.IsLive();

        await page.EvaluateAsync("""
            () => {
              document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="window.ran = 'handler'"><img src="https://evil.example/x.png"><iframe src="https://evil.example"></iframe><style>body { display: none }</style>`);
              const script = document.createElement("script");
              script.textContent = "window.ran = 'inline'";
              document.body.append(script);
              const foreign = document.createElement("script");
              foreign.src = "https://evil.example/x.js";
              document.body.append(foreign);
              const base = document.createElement("base");
              base.href = "https://evil.example/";
              document.head.prepend(base);
              fetch("https://evil.example/").catch(() => {});
            }
            """);

        foreach (var directive in new[] { "script-src", "img-src", "frame-src", "style-src-elem", "connect-src", "base-uri" })
        {
            await Patiently.Until(() => refused.Any(r => r.Contains(directive, StringComparison.Ordinal)), () => directive + " refuses nothing.");
        }

        Assert.Null(await page.EvaluateAsync<string?>("window.ran ?? null"));
        Assert.Equal("block", await page.EvaluateAsync<string>("getComputedStyle(document.body).display"));
        Assert.Equal(stage.Silo.Address + "/x", await page.EvaluateAsync<string>("new URL('x', document.baseURI).href"));
    }

    [Fact]
    public async Task A_page_too_many_says_so_and_comes_alive_when_another_was_closed()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__RateLimit__PagesPerAccount", "2")));
        await using var context = await chromium.Browser.NewContextAsync();
        var first = await context.NewPageAsync();
        await first.SignIn(silo);
        await first.IsLive();
        var second = await context.NewPageAsync();
        await second.GotoAsync(silo.Address + "/moments");
        await second.IsLive();

        var third = await context.NewPageAsync();
        await third.GotoAsync(silo.Address + "/responses");
        await Expect(third.Locator("#blazor-error-ui")).ToContainTextAsync("Too many pages are open");
        await Expect(third.Locator("h1")).ToBeVisibleAsync();

        await first.CloseAsync();
        await Patiently.Until(async () =>
        {
            // However slow the machine is, a page ends up as one or the other.
            await third.ReloadAsync();
            await third.WaitForFunctionAsync("() => 'live' in document.documentElement.dataset || document.getElementById('blazor-error-ui').textContent.includes('Too many')");
            return await third.EvaluateAsync<bool>("!document.getElementById('blazor-error-ui').textContent.includes('Too many')");
        }, static () => "There is no place.");
        await second.GetByTestId("new-moment").First.ClickAsync();
        await Expect(second.GetByTestId("moment-drawer")).ToBeVisibleAsync();
    }
}
