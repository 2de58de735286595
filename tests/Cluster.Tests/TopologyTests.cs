using System.Diagnostics;
using System.Globalization;
using System.Net;
using Conclude.Cluster.Tests.Hosting;
using Conclude.Testing;
using Conclude.Testing.Load;

namespace Conclude.Cluster.Tests;

/// <summary>What deploy/compose.yaml starts, as plain processes: two silos, one database, and the proxy with its own configuration.</summary>
[Collection(Timed.Name)]
public sealed class TopologyTests
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
        using var browser = OwnerSession.Browser(cookies);
        await browser.SignIn(proxy.Address);
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
            Assert.Equal(HttpStatusCode.OK, await browser.StatusOfMoments(proxy.Address));
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
}
