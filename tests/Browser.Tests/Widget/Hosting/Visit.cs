using System.Collections.Concurrent;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>One person's browser on one site with our snippet; keeps every word that the page's console and error handlers heard.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly SiloProcess _silo;
    private readonly ConcurrentQueue<string> _noise = [];

    public Visit(SiloProcess silo, Gate gate, HostSite site, IBrowserContext person, string eventName)
    {
        (_silo, Gate, Site, Person, Event) = (silo, gate, site, person, eventName);
        person.SetDefaultTimeout(ChromiumFixture.Patience);
        person.Console += (_, message) => _noise.Enqueue($"console.{message.Type}: {message.Text}");
        person.WebError += (_, error) => _noise.Enqueue($"error: {error.Error}");
    }

    public Gate Gate { get; }

    public HostSite Site { get; }

    public IBrowserContext Person { get; }

    /// <summary>The event that is a moment.</summary>
    public string Event { get; }

    public IReadOnlyCollection<string> Noise => _noise;

    /// <summary>Goes to the page and waits until our script runs in it.</summary>
    /// <param name="clock">The page's clock is the test's to drive.</param>
    public async Task<IPage> Open(bool clock = false)
    {
        if (clock)
        {
            await Person.Clock.InstallAsync();
        }

        var page = await Person.NewPageAsync();
        await page.GotoAsync(Site.Address);
        await page.IsLoaded();
        return page;
    }

    public Task Fire(IPage page) => page.Fire(Event);

    /// <summary>Fires and waits until the question is there.</summary>
    public async Task<ILocator> Ask(IPage page)
    {
        await Fire(page);
        var prompt = page.Prompt();
        await Expect(prompt.Face("positive")).ToBeVisibleAsync();
        return prompt;
    }

    /// <summary>Nothing was thrown into the page and nothing was said in its console, by us or by the browser about us.</summary>
    public void WasQuiet() => Assert.Equal("", string.Join('\n', _noise));

    /// <summary>Nothing was said in its console but by the browser itself, which tells of every request that fails.</summary>
    public void WasQuietButForFailedRequests() =>
        Assert.DoesNotContain(_noise, static line => !line.StartsWith("console.error: Failed to load resource", StringComparison.Ordinal)
            && !line.Contains("has been blocked by CORS policy", StringComparison.Ordinal));

    /// <summary>Waits until a total of the moment has reached a value.</summary>
    public async Task TotalIs(string name, int value)
    {
        var now = 0;
        await Patiently.Until(async () => (now = await Total(name)) == value, () => $"{name} is {now}, not {value}.");
    }

    public async Task<int> Total(string name) => (int)(await _silo.Get($"/api/v1/moments/{Event}/stats"))["totals"]![name]!;

    public async Task<int> Verdicts(string name) => (int?)(await _silo.Get($"/api/v1/moments/{Event}/stats"))["verdicts"]![name] ?? 0;

    public async ValueTask DisposeAsync()
    {
        await Person.DisposeAsync();
        await Site.DisposeAsync();
        await Gate.DisposeAsync();
    }
}
