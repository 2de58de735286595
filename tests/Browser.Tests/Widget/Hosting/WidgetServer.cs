using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests.Widget;

/// <summary>One real host for all these tests, on SQLite: each test has a moment, a site, a way to the host and a person of its own.</summary>
public sealed class WidgetServer : IAsyncLifetime
{
    private int _moments;

    internal SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await SiloProcess.Start(("Conclude__RateLimit__Enabled", "false"));

    public ValueTask DisposeAsync() => Silo.DisposeAsync();

    /// <param name="moment">What the moment has beside its event and question.</param>
    internal async Task<Visit> Visit(ChromiumFixture chromium, HostPage? page = null, BrowserNewContextOptions? options = null, object? moment = null)
    {
        var browser = chromium.Browser;
        var name = "done_" + Interlocked.Increment(ref _moments).ToString(CultureInfo.InvariantCulture);
        var made = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(moment ?? new { }))!.AsObject();
        made["event"] = name;
        made["question"] ??= "How was exporting this report?";
        using var answer = await Silo.Management.PostAsJsonAsync("/api/v1/moments", made);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var gate = await Gate.Start(Silo.Address);
        var site = await HostSite.Start(page ?? new(), gate.Address, name);
        return new(Silo, gate, site, await browser.NewContextAsync(options), name);
    }

    internal async Task Set(object settings)
    {
        var now = (await Silo.Get("/api/v1/settings")).AsObject();
        foreach (var (name, value) in JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(settings))!.AsObject())
        {
            now[name] = value?.DeepClone();
        }

        using var answer = await Silo.Management.PutAsJsonAsync("/api/v1/settings", now);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
