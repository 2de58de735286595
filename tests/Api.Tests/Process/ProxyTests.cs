using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>
/// Proves with the real proxy and the configuration of deploy/ that a browser stays with its silo and that a silo's leaving costs no
/// request. Each silo is a local host with a store of its own: what the proxy does is the same.
/// </summary>
[Collection(Timed.Name)]
public sealed class ProxyTests
{
    /// <summary>One request is on its way at a time.</summary>
    private const int MostLost = 1;

    /// <summary>Half a second apart: a silo on a starved machine is not ready for seconds, and the proxy is right to know of none then.</summary>
    private const int MostTries = 60;

    [Fact]
    public async Task A_browser_stays_with_its_silo_and_its_circuit_opens()
    {
        await using var first = await SiloProcess.Start();
        await using var second = await SiloProcess.Start();
        await using var proxy = await Proxy.Start(first, second);
        for (var person = 0; person < 4; person++)
        {
            CookieContainer cookies = new();
            using var browser = OwnerSession.Browser(cookies);
            await browser.SignIn(proxy.Address);
            var silo = cookies.GetCookies(new Uri(proxy.Address))["conclude_silo"]!.Value;
            for (var page = 0; page < 6; page++)
            {
                // The other silo knows neither this sign-in nor its key.
                Assert.Equal(HttpStatusCode.OK, await browser.StatusOfMoments(proxy.Address));
                Assert.Equal(silo, cookies.GetCookies(new Uri(proxy.Address))["conclude_silo"]!.Value);
            }

            using var negotiated = await browser.PostAsync(proxy.Address + "/_blazor/negotiate?negotiateVersion=1", content: null);
            var token = (string)JsonNode.Parse(await negotiated.Content.ReadAsStringAsync())!["connectionToken"]!;
            using ClientWebSocket circuit = new() { Options = { Cookies = cookies } };
            await circuit.ConnectAsync(new Uri($"{proxy.Address.Replace("http", "ws", StringComparison.Ordinal)}/_blazor?id={token}"), TestContext.Current.CancellationToken);
            Assert.Equal(WebSocketState.Open, circuit.State);
        }
    }

    [Fact]
    public async Task A_silo_that_leaves_costs_no_request_and_one_that_is_killed_only_what_it_held()
    {
        (string, string) drain = ("Conclude__Shutdown__DrainSeconds", "4");
        await using var first = await SiloProcess.Start(drain);
        await using var second = await SiloProcess.Start(drain);
        await using var proxy = await Proxy.Start(first, second);
        using WidgetClient widget = new(proxy.Address);

        var leaving = first.Terminate();
        var acknowledged = 0;
        while (!leaving.IsCompleted)
        {
            await widget.Fire("ada", (Guid.CreateVersion7(), "page_viewed"));
            acknowledged++;
        }

        Assert.Equal(0, await leaving);
        await first.Run();
        await BothAnswer(proxy, first);
        var killed = first.Kill();
        var held = 0;
        for (var n = 0; n < 200; n++)
        {
            held += await FireAgain(widget, Guid.CreateVersion7()) ? 1 : 0;
            acknowledged++;
        }

        await killed;
        await first.Run();
        Assert.InRange(held, 0, MostLost);
        // What the killed silo had committed but not answered was sent again, here to a store that does not know it.
        Assert.InRange(await Count(first) + await Count(second), acknowledged, acknowledged + MostLost);
    }

    [Fact]
    public async Task How_silos_are_is_not_told_to_the_world()
    {
        await using var silo = await SiloProcess.Start();
        await using var proxy = await Proxy.Start(silo, silo);
        using HttpClient stranger = new();
        using var health = await stranger.GetAsync(proxy.Address + "/health/ready");
        Assert.Equal(HttpStatusCode.NotFound, health.StatusCode);
        using var plan = await stranger.PutAsync(proxy.Address + "/api/v1/operator/workspaces/acme/plan", content: null);
        // A silo would have said so in JSON.
        Assert.Equal((HttpStatusCode.NotFound, ""), (plan.StatusCode, await plan.Content.ReadAsStringAsync()));
        using var page = await stranger.GetAsync(proxy.Address + "/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>Waits until the proxy sends requests to either silo; a moment that only one of them has tells which one answered.</summary>
    private static async Task BothAnswer(Proxy proxy, SiloProcess one)
    {
        using var made = await one.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "only_here", question = "Here?" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using HttpClient program = new() { DefaultRequestHeaders = { { "x-conclude-api-key", SiloProcess.SecretKey } } };
        HashSet<bool> seen = [];
        var started = Stopwatch.GetTimestamp();
        while (seen.Count < 2)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "Only one silo answers.");
            seen.Add((await program.GetStringAsync(proxy.Address + "/api/v1/moments")).Contains("only_here", StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// As the widget does: what was not acknowledged is sent again after a while. Returns whether a silo held it when it broke off (502);
    /// a proxy that knows of no silo at work just then (503) has sent it to none.
    /// </summary>
    private static async Task<bool> FireAgain(WidgetClient widget, Guid id)
    {
        var held = false;
        for (var tries = 1; ; tries++)
        {
            using var answer = await widget.Post("ada", (id, "page_viewed"));
            held |= answer.StatusCode == HttpStatusCode.BadGateway;
            if (answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable) || tries == MostTries)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return held;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    private static async Task<int> Count(SiloProcess silo) =>
        (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray().Sum(static item => item!["count"]!.GetValue<int>());
}
