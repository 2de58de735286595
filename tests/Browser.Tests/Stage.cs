using System.Net.Http.Json;
using Conclude.Testing;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests;

/// <summary>A host with one moment on <c>report_exported</c>, a customer's site and one person's browser.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(SiloProcess silo, CustomerSite site, IBrowserContext person) => (Silo, Site, Person) = (silo, site, person);

    public SiloProcess Silo { get; }

    public CustomerSite Site { get; }

    public IBrowserContext Person { get; }

    public static async Task<Stage> Set(ChromiumFixture chromium, BrowserNewContextOptions? options = null)
    {
        var browser = chromium.Browser;
        var silo = await SiloProcess.Start(TestStore.Settings());
        var site = await CustomerSite.Start(silo.Address, SiloProcess.PublishableKey);
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "report_exported", question = "How was exporting this report?", followUp = "What got in your way?" });
        Assert.Equal(System.Net.HttpStatusCode.Created, made.StatusCode);
        return new(silo, site, await browser.NewContextAsync(options));
    }

    public async Task<IPage> OpenApp()
    {
        var page = await Person.NewPageAsync();
        await page.GotoAsync(Site.Address);
        await page.WaitForFunctionAsync("() => window.Conclude?.on");
        return page;
    }

    /// <summary>Waits until a total of the moment has reached a value.</summary>
    public async Task TotalsAre(string name, int value)
    {
        var now = 0;
        await Patiently.Until(
            async () => (now = (int)(await Silo.Get("/api/v1/moments/report_exported/stats"))["totals"]![name]!) == value,
            () => $"{name} is {now}, not {value}.");
    }

    public async ValueTask DisposeAsync()
    {
        await Person.DisposeAsync();
        await Site.DisposeAsync();
        await Silo.DisposeAsync();
    }
}
