using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing;
using Conclude.Testing.Load;

namespace Conclude.Cluster.Tests;

/// <summary>What deploy/compose.yaml starts, as plain processes: two silos, one database, and the proxy with its own configuration.</summary>
[Collection(Timed.Name)]
public sealed partial class TopologyTests
{
    private static readonly TimeSpan HealedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Behind_the_proxy_a_sign_in_is_good_at_every_silo_and_a_rolling_restart_loses_nothing()
    {
        await using var cluster = Hosting.Cluster.Empty();
        await cluster.Join(2, settings: ("Conclude__Shutdown__DrainSeconds", "3"));
        await cluster.Furnish();
        await using var proxy = await Proxy.Start([.. cluster.Silos]);
        CookieContainer cookies = new();
        using HttpClient browser = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(proxy.Address) };
        await SignIn(browser);
        foreach (var silo in cluster.Silos)
        {
            // Past the proxy, the same cookie at each.
            using HttpClient direct = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
            direct.DefaultRequestHeaders.Add("Cookie", cookies.GetCookieHeader(new Uri(proxy.Address)));
            using var page = await direct.GetAsync(silo.Address + "/moments");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        await using WidgetLoad load = new([proxy.Address], Hosting.Cluster.Moments);
        await load.Recovered(Stopwatch.GetTimestamp());
        load.ForgetWaits();
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(0, await silo.Terminate());
            using (var page = await browser.GetAsync("/moments"))
            {
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            }

            await silo.Run();
            await load.Recovered(Stopwatch.GetTimestamp());
            // The proxy asks every second who is ready.
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        var wait = load.LongestWait;
        await load.Drain();
        var complaints = await cluster.Judge(load.Journal, readsAgain: true);
        Figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"rolling restart of 2 silos behind the proxy: {load.Journal.Acknowledged} acknowledged, longest wait of a page {wait.TotalSeconds:0.0} s, {load.Journal.Answers.Count(static a => !a.IsSuccess)} failed calls"));
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{cluster.LastPrinted}");
        Assert.True(wait <= HealedWithin, $"A page waited {wait}.\n{cluster.LastPrinted}");
    }

    private static async Task SignIn(HttpClient browser)
    {
        var token = Field().Match(await browser.GetStringAsync("/sign-in")).Groups["token"].Value;
        using var signedIn = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", SiloProcess.OwnerEmail), new("Input.Password", SiloProcess.OwnerPassword), new("__RequestVerificationToken", token),
        ]));
        using var page = await browser.GetAsync("/moments");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
