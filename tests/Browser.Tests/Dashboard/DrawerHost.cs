using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>A host for the tests of the drawer, each on moments of its own.</summary>
public sealed class DrawerHost : IAsyncLifetime
{
    internal SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloProcess.Start(TestStore.Settings());
        // Whichever test is the first, the page is the list and not the first minutes.
        await Make(new { @event = "usual", question = "As always?" });
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();

    internal async Task Make(object moment)
    {
        using var made = await Silo.Management.PostAsJsonAsync("/api/v1/moments", moment);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    /// <summary>A moment as the API answers it, without what nobody edits.</summary>
    internal async Task<JsonObject> Read(string eventName)
    {
        var moment = (await Silo.Get($"/api/v1/moments/{eventName}")).AsObject();
        moment.Remove("totals");
        moment.Remove("version");
        return moment;
    }

    /// <summary>An admin at the list of moments, in Berlin.</summary>
    internal async Task<IPage> Admin(IBrowser browser)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, TimezoneId = "Europe/Berlin", ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.SignIn(Silo);
        await Expect(page.GetByTestId("new-moment").First).ToBeVisibleAsync();
        // Keys go where the focus is: at first the page itself puts it on its heading.
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        return page;
    }
}
