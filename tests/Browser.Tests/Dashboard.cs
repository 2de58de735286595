using Conclude.Testing;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests;

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

    public static ILocator Row(this IPage page, string testId, string eventName) =>
        page.Locator($"[data-testid={testId}][data-event={eventName}]");

    public static Task ShowsCount(this ILocator momentRow, string counter, int count) =>
        Assertions.Expect(momentRow.GetByTestId(counter)).ToHaveTextAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
