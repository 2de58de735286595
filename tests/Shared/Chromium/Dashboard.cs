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
        """, selector).WaitAsync(TimeSpan.FromSeconds(10));

    public static Task ShowsCount(this ILocator momentRow, string counter, int count) =>
        Assertions.Expect(momentRow.GetByTestId(counter)).ToHaveTextAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
