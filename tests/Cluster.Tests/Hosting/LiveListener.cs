using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Cluster.Tests.Hosting;

/// <summary>A client of one silo's live feed: when each fire came.</summary>
internal sealed class LiveListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Guid, long> _heard = [];
    private readonly HttpResponseMessage _answer;
    private readonly Task _listening;

    private LiveListener(HttpResponseMessage answer)
    {
        _answer = answer;
        _listening = Task.Run(Listen);
    }

    public static async Task<LiveListener> Open(SiloProcess silo) =>
        new(await silo.Management.GetAsync("/api/v1/observed-events/live", HttpCompletionOption.ResponseHeadersRead));

    /// <returns>How long after <paramref name="since"/> the fire came; null when it did not come in time.</returns>
    public async Task<TimeSpan?> Heard(Guid id, long since, TimeSpan within)
    {
        long at = 0;
        await Soon.Get(() => Task.FromResult(_heard.TryGetValue(id, out at)), static heard => heard, within);
        return at == 0 ? null : Stopwatch.GetElapsedTime(since, at);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _answer.Dispose();
        _end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            using var reader = new StreamReader(await _answer.Content.ReadAsStreamAsync(_end.Token));
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal) && JsonNode.Parse(line[5..]) is { } fire)
                {
                    _heard.TryAdd((Guid)fire["id"]!, Stopwatch.GetTimestamp());
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or HttpRequestException)
        {
            // The test is over, or the silo is.
        }
    }
}
