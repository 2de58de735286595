using System.Net;
using System.Text.Json.Nodes;

namespace Conclude.Api.Tests.Hosting;

/// <summary>Reads the live feed as a browser's EventSource does.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private LiveClient(HttpResponseMessage answer, StreamReader lines) => (_answer, _lines) = (answer, lines);

    public static async Task<LiveClient> Open(ApiHost host, TestWorkspace workspace, Guid? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/api/v1/observed-events/live"));
        request.Headers.Add("x-conclude-api-key", workspace.SecretKey);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString());
        }

        var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new LiveClient(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next fire.</summary>
    /// <exception cref="TimeoutException">None came within this time; the feed is of no more use then.</exception>
    public async Task<JsonNode> Next(TimeSpan within)
    {
        var (name, id) = ("", "");
        using var patience = new CancellationTokenSource(within);
        try
        {
            while (await _lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line[7..];
                }
                else if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = line[4..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    var fire = JsonNode.Parse(line[6..])!;
                    Assert.Equal(("fire", (string?)fire["id"]), (name, id));
                    return fire;
                }
            }
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException("No fire came.", late);
        }

        throw new EndOfStreamException("The feed has ended.");
    }

    /// <summary>Reads up to a comment with this text.</summary>
    public async Task Comment(string text, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == ": " + text)
            {
                return;
            }
        }

        throw new EndOfStreamException("The feed has ended.");
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
