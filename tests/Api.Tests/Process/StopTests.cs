using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process that a polite stop is quick whoever hangs on, and ends well.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Neither_a_live_feed_nor_a_client_that_never_ends_its_request_holds_the_process()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no SIGTERM here.");
        }

        await using var silo = await SiloProcess.Start(TestStore.Settings());
        using var live = await silo.Management.GetAsync("/api/v1/observed-events/live", HttpCompletionOption.ResponseHeadersRead);
        using var half = new TcpClient();
        var address = new Uri(silo.Address);
        await half.ConnectAsync(address.Host, address.Port);
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/widget/events?key={SiloProcess.PublishableKey} HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n{{"));
        await silo.Get("/api/v1/moments");
        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, await silo.Terminate());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
