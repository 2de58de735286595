using Microsoft.Playwright;

namespace Conclude.Testing;

/// <summary>An admin's steps on the dashboard.</summary>
internal static class Dashboard
{
    public static async Task SignIn(this IPage page, SiloProcess silo)
    {
        await page.GotoAsync(silo.Address + "/sign-in");
        await page.GetByTestId("sign-in-email").FillAsync(SiloProcess.OwnerEmail);
        await page.GetByTestId("sign-in-password").FillAsync(SiloProcess.OwnerPassword);
        await page.GetByTestId("sign-in-submit").ClickAsync();
        await page.WaitForURLAsync("**/moments");
    }

    /// <summary>Waits until the page answers; plain pages have no circuit to wait for.</summary>
    public static Task IsLive(this IPage page) =>
        page.WaitForFunctionAsync("() => !document.getElementById('components-reconnect-modal') || 'live' in document.documentElement.dataset");

    public static ILocator Row(this IPage page, string testId, string eventName) =>
        page.Locator($"[data-testid={testId}][data-event={eventName}]");

    /// <summary>When an element appears (milliseconds since 1970, of the browser's clock): seen by the page itself, not by polling it.</summary>
    public static Task<long> AppearanceOf(this IPage page, string selector) => page.EvaluateAsync<long>("""
        selector => new Promise(resolve => {
          const look = () => document.querySelector(selector) && resolve(Date.now());
          new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
          look();
        })
        """, selector).Patient();

    /// <summary>Does something that the page answers with words, and waits for them: seen by the page itself, for they go by themselves after a while.</summary>
    public static async Task Says(this IPage page, string words, Func<Task> act)
    {
        var said = page.EvaluateAsync("""
            words => new Promise(said => {
              const look = () => document.body.textContent.includes(words) && said();
              new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
            })
            """, words).Patient();
        await act();
        await said;
    }

    /// <summary>Clicks a button that is disabled while its work is done, and waits until that is over: seen by the page itself, for it may take no time.</summary>
    public static async Task ClickThrough(this ILocator button)
    {
        await Assertions.Expect(button).ToBeEnabledAsync();
        var over = button.EvaluateAsync("""
            button => new Promise(over => {
              new MutationObserver(() => button.disabled || over()).observe(button, { attributeFilter: ["disabled"] });
            })
            """).Patient();
        await button.ClickAsync();
        await over;
    }

    /// <summary>Comes back when the server has heard all that the page told it before: what is told goes in order, and the menu of small screens leads there and back on any screen.</summary>
    public static async Task IsHeard(this IPage page)
    {
        var menu = page.Locator(".nav-toggle");
        foreach (var open in new[] { "true", "false" })
        {
            await menu.DispatchEventAsync("click");
            await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", open);
        }
    }

    /// <summary>Another size of the window, which the page has taken.</summary>
    public static async Task Resize(this IPage page, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.WaitForFunctionAsync("([width, height]) => innerWidth === width && innerHeight === height", new[] { width, height });
    }

    public static Task ShowsCount(this ILocator momentRow, string counter, int count) =>
        Assertions.Expect(momentRow.GetByTestId(counter)).ToHaveTextAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
