using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Conclude.Bench.Runner.Dashboards;

/// <summary>Events at an even pace, whether the server keeps up or not, and once in a while a probe whose way to the pages is timed.</summary>
internal sealed class FireLoad(string address, IReadOnlyList<string> names) : IDisposable
{
    /// <summary>Events of one request.</summary>
    public const int Each = 20;

    private const int People = 2_000;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _client = new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<(PageKind Kind, long Number, long At)> _probes = [];
    private long _accepted;
    private long _refused;
    private int _probe;

    /// <summary>Numbers that appear on pages of a kind once the probe that was sent then has arrived.</summary>
    public IReadOnlyList<(PageKind Kind, long Number, long At)> Probes => _probes;

    /// <summary>Events that were answered with "busy, come again", which a widget obeys and this load does not.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Brings the probed counters to where no other number is, and writes the first comment.</summary>
    public async Task Prepare()
    {
        foreach (var (name, fires) in ((string, int)[])[(PageKind.Moment, PageKind.MomentFires), (PageKind.Observed, PageKind.ObservedFires)])
        {
            for (var fired = 0; fired < fires; fired += 100)
            {
                await Fire("flood", [.. Enumerable.Repeat(name, 100)]);
            }
        }

        await Probe();
        _probes.Clear();
    }

    /// <returns>Events a second that were accepted.</returns>
    public async Task<double> Run(int perSecond, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var before = Interlocked.Read(ref _accepted);
        using CancellationTokenSource ended = new();
        var probing = KeepProbing(ended.Token);
        List<Task> sent = [];
        for (var requests = 0; Stopwatch.GetElapsedTime(started) < time;)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond / Each); requests < due; requests++)
            {
                sent.Add(Fire(string.Create(CultureInfo.InvariantCulture, $"person-{Random.Shared.Next(People)}"), [.. Enumerable.Range(0, Each).Select(_ => names[Random.Shared.Next(names.Count)])]));
            }

            await Task.Delay(5, CancellationToken.None);
        }

        await Task.WhenAll(sent);
        var took = Stopwatch.GetElapsedTime(started);
        await ended.CancelAsync();
        await probing;
        return (Interlocked.Read(ref _accepted) - before) / took.TotalSeconds;
    }

    public void Dispose() => _client.Dispose();

    private async Task KeepProbing(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Probe();
            await Task.WhenAny(Task.Delay(ProbeEvery, ended));
        }
    }

    /// <summary>One fire of the probed moment and of the probed event by somebody new, who is asked and answers.</summary>
    private async Task Probe()
    {
        var number = ++_probe;
        var fired = Stopwatch.GetTimestamp();
        if (await Fire(string.Create(CultureInfo.InvariantCulture, $"probe-{number}"), [PageKind.Moment, PageKind.Observed]) is not { } prompt)
        {
            _probe--;
            return;
        }

        lock (_probes)
        {
            _probes.Add((PageKind.All[0], PageKind.MomentFires + number, fired));
            _probes.Add((PageKind.All[1], PageKind.ObservedFires + number, fired));
            _probes.Add((PageKind.All[2], PageKind.MomentFires + number, fired));
        }

        await Step(prompt, "seen", new() { ["view"] = "bench" });
        await Step(prompt, "reaction", new() { ["reaction"] = "frustrated" });
        var commented = Stopwatch.GetTimestamp();
        await Step(prompt, "comment", new() { ["text"] = string.Create(CultureInfo.InvariantCulture, $"{PageKind.Comment}{number}") });
        lock (_probes)
        {
            _probes.Add((PageKind.All[3], number, commented));
        }
    }

    private async Task<string?> Fire(string user, IReadOnlyList<string> fired)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        JsonObject body = new()
        {
            ["user"] = new JsonObject { ["anonymousId"] = user },
            ["context"] = new JsonObject { ["url"] = "https://app.acme.com/reports", ["locale"] = "en-GB", ["device"] = "desktop" },
            ["events"] = new JsonArray([.. fired.Select(name => new JsonObject { ["id"] = Guid.CreateVersion7().ToString(), ["name"] = name, ["at"] = now })]),
            ["sentAt"] = now,
        };
        using var answer = await _client.PostAsJsonAsync($"/api/v1/widget/events?key={Product.PublishableKey}", body);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Interlocked.Add(ref _refused, fired.Count);
            return null;
        }

        answer.EnsureSuccessStatusCode();
        var said = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Interlocked.Add(ref _accepted, said["accepted"]!.GetValue<int>());
        return (string?)said["prompt"]?["id"];
    }

    private async Task Step(string prompt, string step, JsonObject body)
    {
        using var answer = await _client.PostAsJsonAsync($"/api/v1/widget/prompts/{prompt}/{step}?key={Product.PublishableKey}", body);
        answer.EnsureSuccessStatusCode();
    }
}
