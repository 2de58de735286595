using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Conclude.Testing.Webhooks;

/// <summary>A real receiver on the loopback interface. It keeps what it is sent and answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    private WebhookReceiver(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        _app = builder.Build();
        _app.Run(Receive);
    }

    public ConcurrentQueue<WebhookRequest> Received { get; } = [];

    /// <summary>What to answer; 0 hangs until the receiver ends.</summary>
    public Func<WebhookRequest, int> Answer { get; set; } = static _ => 204;

    public Action<HttpResponse>? Decorate { get; set; }

    public string Url => _app.Urls.Single() + "/hooks";

    /// <param name="port">0 takes a free one.</param>
    public static async Task<WebhookReceiver> Start(int port = 0)
    {
        WebhookReceiver receiver = new(port);
        await receiver._app.StartAsync();
        return receiver;
    }

    public IEnumerable<WebhookRequest> Of(string type) => Received.Where(r => (string?)r.Json["type"] == type);

    /// <summary>Waits, on real time, until so many have come.</summary>
    public async Task<WebhookRequest[]> Get(int count, int seconds = 30)
    {
        var started = Stopwatch.GetTimestamp();
        while (Received.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds), $"{Received.Count} of {count} came.");
            await Task.Delay(10);
        }

        return [.. Received];
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task Receive(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        WebhookRequest request = new(
            context.Request.Headers["webhook-id"]!, context.Request.Headers["webhook-timestamp"]!, context.Request.Headers["webhook-signature"]!,
            body.ToArray(), context.Request.Host.Host, JsonNode.Parse(body.ToArray())!);
        Received.Enqueue(request);
        var status = Answer(request);
        if (status == 0)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
            await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = status;
        Decorate?.Invoke(context.Response);
    }
}
