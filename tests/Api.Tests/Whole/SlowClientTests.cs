using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves on bare sockets that a client which sends a request byte by byte does not hold its connection for long.</summary>
public sealed class SlowClientTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>More often than anything here waits for: the client is never silent, only slow.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_request_that_trickles_in_is_ended()
    {
        var workspace = await TestWorkspace.Create(host);
        var body = $"POST /api/v1/widget/events?key={workspace.Publishable} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 60000\r\n\r\n{{\"user\":\"";
        var ended = await Task.WhenAll(
            Trickle("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: "),
            Trickle("GET /health/li"),
            Trickle(body));

        Assert.InRange(ended[0].TotalSeconds, 0, 20);
        Assert.InRange(ended[1].TotalSeconds, 0, 20);
        Assert.InRange(ended[2].TotalSeconds, 0, 20);
        Assert.Equal(1, (int)(await workspace.Fire("b1", "opened"))["accepted"]!);
    }

    /// <returns>How long the server put up with it.</returns>
    private async Task<TimeSpan> Trickle(string start)
    {
        using TcpClient client = new();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var started = Stopwatch.GetTimestamp();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start), TestContext.Current.CancellationToken);
        var answer = stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken).AsTask();
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40))
        {
            try
            {
                await stream.WriteAsync("a"u8.ToArray(), TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // Closed while this was written.
                break;
            }

            await Task.WhenAny(answer, Task.Delay(Pause, TestContext.Current.CancellationToken));
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
