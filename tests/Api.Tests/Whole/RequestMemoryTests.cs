using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Process;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves that what a request makes the server hold or allocate is bounded by its own size, however it is built and however many there are at once.</summary>
[Collection(Timed.Name)]
public sealed class RequestMemoryTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int AtOnce = 100;

    /// <summary>Bytes of heap for each connection that has sent most of a body, the test's own end of it too.</summary>
    private const long PerSlowBody = 256 * 1024;

    /// <summary>Bytes allocated for each request of 64 KiB, the test's own end of it too.</summary>
    private const long PerRequest = 1_536 * 1024;

    [Fact]
    public async Task Slow_bodies_hold_no_more_than_they_sent()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire("warm", "opened");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        List<TcpClient> clients = [];
        try
        {
            var head = Head(workspace, "Content-Length: 65536");
            for (var i = 0; i < AtOnce; i++)
            {
                clients.Add(await Sent([.. head, .. Enumerable.Repeat((byte)'[', 60_000)]));
            }

            // Answered while they wait: the server has come past them.
            await workspace.Fire("meanwhile", "opened");
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, AtOnce * PerSlowBody);
        }
        finally
        {
            clients.ForEach(static c => c.Dispose());
        }
    }

    [Fact]
    public async Task A_body_without_end_is_refused_at_64_KiB()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire("warm", "opened");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('[', 0x10000) + "\r\n");
        using var client = await Sent(Head(workspace, "Transfer-Encoding: chunked"));
        var most = 0L;
        try
        {
            for (var i = 0; i < 500; i++)
            {
                await client.GetStream().WriteAsync(chunk, TestContext.Current.CancellationToken);
                most = i % 50 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
            }
        }
        catch (IOException)
        {
            // It listens no longer than five seconds to what it will not take.
        }

        var buffer = new byte[4096];
        var answer = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.InRange(most, long.MinValue, 8 * 1024 * 1024);
    }

    [Theory]
    [InlineData("nested arrays")]
    [InlineData("nested objects")]
    [InlineData("a long text")]
    [InlineData("many traits")]
    [InlineData("many events")]
    [InlineData("many companies")]
    public async Task What_a_body_is_made_of_makes_no_difference(string shape)
    {
        var workspace = await TestWorkspace.Create(host);
        var body = shape switch
        {
            "nested arrays" => new string('[', 64 * 1024),
            "nested objects" => string.Concat(Enumerable.Repeat("{\"a\":", 13_000)),
            "a long text" => $"{{\"user\":{{\"anonymousId\":\"{new string('a', 65_000)}\"}}}}",
            "many traits" => $"{{\"user\":{{\"anonymousId\":\"a\",\"traits\":{{{string.Join(',', Enumerable.Range(0, 6_000).Select(static n => string.Create(CultureInfo.InvariantCulture, $"\"{n:x}\":1")))}}}}}}}",
            "many events" => $"{{\"user\":{{\"anonymousId\":\"a\"}},\"events\":[{string.Join(',', Enumerable.Repeat("{}", 20_000))}]}}",
            _ => $"{{\"user\":{{\"anonymousId\":\"a\",\"companies\":[{string.Join(',', Enumerable.Repeat("{\"id\":\"a\"}", 5_500))}]}}}}",
        };
        await Refused();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < AtOnce; i++)
        {
            await Refused();
        }

        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / AtOnce;
        Assert.True(each < PerRequest, $"{each} bytes");

        async Task Refused()
        {
            using var answer = await workspace.Widget(HttpMethod.Post, "events", body);
            Assert.Equal(400, (int)answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(63, 10, 404)]
    [InlineData(100, 10, 431)]
    [InlineData(10, 3_000, 431)]
    public async Task Headers_are_bounded_in_number_and_size(int many, int length, int status)
    {
        using var client = await Sent(Encoding.ASCII.GetBytes($"GET /nothing HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, many).Select(n => $"X-{n}: {new string('x', length)}\r\n"))}\r\n"));
        var buffer = new byte[4096];
        var read = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        Assert.StartsWith($"HTTP/1.1 {status}", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    private static byte[] Head(TestWorkspace workspace, string length) =>
        Encoding.ASCII.GetBytes($"POST /api/v1/widget/events?key={workspace.Publishable} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n{length}\r\n\r\n");

    private async Task<TcpClient> Sent(byte[] bytes)
    {
        TcpClient client = new();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
        return client;
    }
}
