using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conclude.Testing.Load;

/// <summary>
/// One page with the widget on it. Like the real one it keeps what was not acknowledged and sends it again with the same ids, in the
/// company of what happened meanwhile; waits as long as <c>Retry-After</c> says; claims a prompt before it shows it.
/// </summary>
internal sealed class Tab(WidgetLoad load, Browser browser, Random random)
{
    private const int Batch = 20;
    private static readonly string[] Reactions = ["positive", "neutral", "frustrated"];
    private readonly List<EventEntry> _queue = [];
    private EventEntry? _earlier;
    private long _lastSuccess;
    private long? _failingSince;
    private long _longestWait;

    /// <summary>The longest that any request took from when it was sent first to its 2xx, tries again and all.</summary>
    public TimeSpan LongestWait => new(Interlocked.Read(ref _longestWait));

    /// <summary>Timestamp of the last 2xx.</summary>
    public long LastSuccess => Interlocked.Read(ref _lastSuccess);

    public void ForgetWaits() => Interlocked.Exchange(ref _longestWait, 0);

    public async Task Run()
    {
        while (!load.IsStopping)
        {
            var visitor = browser.Visitor;
            Occur(visitor);
            if (await Deliver(visitor) is { } prompt)
            {
                await Ask(prompt, visitor);
            }

            await Task.Delay(random.Next(load.Pause));
        }
    }

    private void Occur(Visitor visitor)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            _queue.Add(load.Journal.Add(visitor.Key, random.Next(4) == 0 ? load.Moments[random.Next(load.Moments.Count)] : $"page_viewed_{random.Next(20)}"));
        }
    }

    /// <summary>Sends the queue until it is acknowledged.</summary>
    private async Task<PromptEntry?> Deliver(Visitor visitor)
    {
        PromptEntry? prompt = null;
        while (_queue.Count > 0 && !load.IsGivenUp)
        {
            var batch = _queue.Take(Batch).ToList();
            if (_earlier is { } known && known.User == visitor.Key && random.Next(20) == 0)
            {
                // Sent once more although it was acknowledged, as by a page that was left at a bad moment.
                batch.Add(known);
            }

            var body = await Send("events", "events", new
            {
                user = new { anonymousId = visitor.AnonymousId, externalId = visitor.ExternalId },
                events = batch.Select(static e => new { id = e.Id, name = e.Name }),
            });
            if (body is not null)
            {
                prompt = Read(batch, JsonNode.Parse(body)!) ?? prompt;
                _queue.RemoveAll(batch.Contains);
                _earlier = batch[random.Next(batch.Count)];
            }
            else if (_queue.Count < 2 * Batch)
            {
                Occur(visitor);
            }
        }

        return prompt;
    }

    private PromptEntry? Read(List<EventEntry> batch, JsonNode answer)
    {
        var (accepted, duplicates) = ((int)answer["accepted"]!, (int)answer["duplicates"]!);
        if (accepted + duplicates != batch.Count || answer["rejected"]!.AsArray().Count > 0 || (string?)answer["quota"] != "ok")
        {
            load.Journal.Complain($"{batch.Count} events were answered {answer.ToJsonString()}");
        }

        var verdicts = answer["verdicts"]?.AsArray().ToDictionary(static v => (Guid)v!["id"]!, static v => (string?)v!["verdict"]) ?? [];
        foreach (var entry in batch)
        {
            if (!verdicts.TryGetValue(entry.Id, out var verdict))
            {
                load.Journal.Complain($"event {entry.Id} got no verdict");
            }

            load.Journal.Acknowledge(entry, verdict);
        }

        // The prompt belongs to the first event of its name that was shown and has a prompt still.
        return answer["prompt"] is { } offered && batch.FirstOrDefault(e => e.Verdict == "shown" && e.Name == (string?)offered["event"]) is { } shown
            ? load.Journal.Offered(shown, (Guid)offered["id"]!)
            : null;
    }

    private async Task Ask(PromptEntry prompt, Visitor visitor)
    {
        if (!await Step(prompt, "seen", Guid.NewGuid().ToString("N"), static v => new { view = v }))
        {
            return;
        }

        await Task.Delay(random.Next(load.Pause));
        switch (random.Next(20))
        {
            case < 3:
                await Close(prompt, "dismiss");
                return;
            case 3:
                // Left unanswered: it stays live for minutes, so this user is asked no more.
                browser.Reset(visitor);
                return;
        }

        var reaction = Reactions[random.Next(3)];
        prompt.Closing = reaction == "positive";
        if (!await Step(prompt, "reaction", reaction, static r => new { reaction = r }) || reaction == "positive")
        {
            return;
        }

        if (random.Next(3) == 0)
        {
            await Close(prompt, "dismiss");
            return;
        }

        prompt.Closing = true;
        await Step(prompt, "comment", $"Words {Guid.NewGuid():N} ↯ 'of' a person", static t => new { text = t });
    }

    private Task Close(PromptEntry prompt, string step)
    {
        prompt.Closing = true;
        return Step(prompt, step, "", static _ => new { });
    }

    private async Task<bool> Step(PromptEntry prompt, string step, string value, Func<string, object> body)
    {
        prompt.Sent(step, value);
        while (!load.IsGivenUp)
        {
            if (await Send(step, $"prompts/{prompt.Id}/{step}", body(value)) is not null)
            {
                load.Journal.Acknowledge(prompt, step);
                return true;
            }
        }

        return false;
    }

    /// <returns>The body of a 2xx; null after any failure and the wait that it asks for.</returns>
    private async Task<string?> Send(string what, string path, object body)
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan wait;
        try
        {
            using var content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "text/plain");
            using var answer = await load.Http.PostAsync(load.Address(path), content);
            var text = await answer.Content.ReadAsStringAsync();
            var ended = Stopwatch.GetTimestamp();
            var retryAfter = answer.Headers.RetryAfter?.Delta;
            load.Journal.Add(new Answered(what, started, ended, (int)answer.StatusCode, retryAfter is not null, answer.IsSuccessStatusCode ? "" : text));
            if (answer.IsSuccessStatusCode)
            {
                Interlocked.Exchange(ref _lastSuccess, ended);
                Interlocked.Exchange(ref _longestWait, Math.Max(_longestWait, Stopwatch.GetElapsedTime(_failingSince ?? started, ended).Ticks));
                _failingSince = null;
                return text;
            }

            wait = retryAfter ?? WidgetLoad.Backoff;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            load.Journal.Add(new Answered(what, started, Stopwatch.GetTimestamp(), 0, RetryAfter: false, failure.Message));
            wait = WidgetLoad.Backoff;
        }

        _failingSince ??= started;
        await Task.Delay(wait * (1 - random.NextDouble() / 2));
        return null;
    }
}
