using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Conclude.Testing.Load;

namespace Conclude.Faults.Tests.Load;

/// <summary>Requests of as many events as one may hold, at a rate that does not wait for answers.</summary>
internal sealed class Flood(string address) : IAsyncDisposable
{
    /// <summary>Events in a request.</summary>
    public const int Events = 100;

    private const int Callers = 24;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Uri _events = new($"{address}/api/v1/widget/events?key={SiloProcess.PublishableKey}");

    public Journal Journal { get; } = new();

    /// <summary>Requests a second that the host takes from many who each wait for the answer.</summary>
    public async Task<double> Capacity(TimeSpan over)
    {
        var started = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(started) < over)
            {
                if ((await Send(Events)).IsSuccess)
                {
                    count++;
                }
                else
                {
                    await Task.Delay(ProbeEvery);
                }
            }

            return count;
        })));
        return taken.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Sends so many requests a second, whatever becomes of them.</summary>
    /// <returns>What was sent: some are without an answer yet.</returns>
    public async Task<IReadOnlyList<Task<Answered>>> Open(double perSecond, TimeSpan lasts)
    {
        var (sent, started) = (new List<Task<Answered>>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) is var gone && gone < lasts)
        {
            for (var due = (int)(gone.TotalSeconds * perSecond); sent.Count < due;)
            {
                sent.Add(Task.Run(() => Send(Events)));
            }

            await Task.Delay(5);
        }

        return sent;
    }

    /// <summary>A single event every so often.</summary>
    /// <returns>The answers in the order of the requests.</returns>
    public async Task<Answered[]> Probe(TimeSpan lasts)
    {
        var (probes, started) = (new List<Task<Answered>>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < lasts)
        {
            probes.Add(Task.Run(() => Send(1)));
            await Task.Delay(ProbeEvery);
        }

        return await Task.WhenAll(probes);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Answered> Send(int count)
    {
        var user = $"browser_{Random.Shared.Next(1_000)}";
        var entries = Enumerable.Range(0, count).Select(_ => Journal.Add(user, $"page_viewed_{Random.Shared.Next(20)}")).ToList();
        using var content = new StringContent(
            JsonSerializer.Serialize(new { user = new { anonymousId = user }, events = entries.Select(static e => new { id = e.Id, name = e.Name }) }), Encoding.UTF8, "text/plain");
        var started = Stopwatch.GetTimestamp();
        Answered answered;
        try
        {
            using var answer = await _http.PostAsync(_events, content);
            var text = await answer.Content.ReadAsStringAsync();
            answered = new Answered("events", started, Stopwatch.GetTimestamp(), (int)answer.StatusCode, answer.Headers.RetryAfter is not null, answer.IsSuccessStatusCode ? "" : text);
            if (answered.IsSuccess)
            {
                var verdicts = JsonNode.Parse(text)!["verdicts"]!.AsArray().ToDictionary(static v => (Guid)v!["id"]!, static v => (string?)v!["verdict"]);
                entries.ForEach(e => Journal.Acknowledge(e, verdicts[e.Id]));
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            answered = new Answered("events", started, Stopwatch.GetTimestamp(), 0, RetryAfter: false, failure.Message);
        }

        Journal.Add(answered);
        return answered;
    }
}
