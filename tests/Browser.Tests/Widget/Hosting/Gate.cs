using System.Net;
using Conclude.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Browser.Tests.Widget;

/// <summary>
/// Stands before the real server as the host that pages know: keeps what reached it, preflights and cookies included, which a browser
/// does not tell, and lets calls of the API go wrong on the way.
/// </summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _server;
    private readonly Lock _lock = new();
    private readonly List<Exchange> _seen = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Gate(WebApplication app, string server)
    {
        _app = app;
        _server = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(server) };
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Of calls of the API (<see cref="Exchange.Call"/>); the script always comes through.</summary>
    public Func<string, Fault> Faults { get; set; } = static _ => Fault.None;

    public IReadOnlyList<Exchange> Seen
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    public IEnumerable<Exchange> Calls(string call) => Seen.Where(e => e.Call == call);

    public static async Task<Gate> Start(string server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var gate = new Gate(app, server);
        app.Run(gate.Carry);
        await app.StartAsync();
        return gate;
    }

    /// <summary>Held answers go out, now and from now on.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Waits until so many calls have come.</summary>
    public Task Saw(string call, int times = 1) => Patiently.Until(() => Calls(call).Count() >= times, () => $"{call} came {Calls(call).Count()} times, not {times}.");

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task Carry(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var seen = new Exchange(request.Method, request.Path, request.Headers.Cookie, request.Headers.UserAgent, body, 0);
        var fault = seen.Call is { } call ? Faults(call) : Fault.None;
        if (fault is Fault.Lost)
        {
            Keep(seen);
            context.Abort();
            return;
        }

        if (fault is Fault.Unavailable)
        {
            // As the server's own 503 looks to a page of another origin.
            response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            response.Headers.RetryAfter = "10";
            response.Headers.AccessControlAllowOrigin = request.Headers.Origin;
            response.Headers.AccessControlExposeHeaders = "Retry-After";
            Keep(seen with { Status = response.StatusCode });
            return;
        }

        using var answer = await Forward(request, body);
        var content = await answer.Content.ReadAsByteArrayAsync();
        Keep(seen with { Status = fault is Fault.None ? (int)answer.StatusCode : 0 });
        if (fault is Fault.AnswerLost)
        {
            context.Abort();
            return;
        }

        if (fault is Fault.AnswerHeld)
        {
            await _released.Task;
        }

        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(static h => h.Key is not ("Transfer-Encoding" or "Date" or "Server")))
        {
            response.Headers[name] = values.ToArray();
        }

        if (content.Length > 0)
        {
            await response.Body.WriteAsync(content);
        }
    }

    private async Task<HttpResponseMessage> Forward(HttpRequest request, string body)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path + request.QueryString);
        if (body.Length > 0)
        {
            message.Content = new StringContent(body);
            message.Content.Headers.Remove("Content-Type");
        }

        foreach (var (name, values) in request.Headers.Where(static h => h.Key is not ("Host" or "Connection" or "Content-Length")))
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
            }
        }

        return await _server.SendAsync(message);
    }

    private void Keep(Exchange exchange)
    {
        lock (_lock)
        {
            _seen.Add(exchange);
        }
    }
}
