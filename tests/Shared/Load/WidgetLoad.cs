using System.Diagnostics;

namespace Conclude.Testing.Load;

/// <summary>Many pages with the widget at work, until they are told to stop; then each delivers what it still has.</summary>
internal sealed class WidgetLoad : IAsyncDisposable
{
    public static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Tab[] _tabs;
    private readonly Task _running;
    private readonly string _key;
    private volatile IReadOnlyList<string> _addresses;
    private volatile bool _stopping;
    private volatile bool _givenUp;

    /// <param name="addresses">Where requests are sent, each to any of them, as by a proxy before several hosts.</param>
    /// <param name="pages">Every second browser has two of them open.</param>
    /// <param name="seed">Of everything that the pages choose.</param>
    /// <param name="journal">That of an earlier load on the same store; null for one of its own.</param>
    public WidgetLoad(IReadOnlyList<string> addresses, IReadOnlyList<string> moments, int pages = 24, int seed = 1, string key = SiloProcess.PublishableKey, Journal? journal = null)
    {
        (_addresses, _key, Moments, Journal) = (addresses, key, moments, journal ?? new Journal());
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = TimeSpan.FromSeconds(30) };
        var random = new Random(seed);
        var tabs = new List<Tab>();
        for (var browser = 0; tabs.Count < pages; browser++)
        {
            var shared = new Browser(isPerson: browser % 3 != 0);
            for (var tab = browser % 2; tab < 2 && tabs.Count < pages; tab++)
            {
                tabs.Add(new Tab(this, shared, new Random(random.Next())));
            }
        }

        _tabs = [.. tabs];
        _running = Task.WhenAll(_tabs.Select(static tab => Task.Run(tab.Run)));
    }

    public Journal Journal { get; }

    public HttpClient Http { get; }

    public IReadOnlyList<string> Moments { get; }

    /// <summary>Longest pause between two actions of a page, milliseconds.</summary>
    public int Pause { get; init; } = 60;

    /// <summary>The longest that any page waited for the success of one request since <see cref="ForgetWaits"/>.</summary>
    public TimeSpan LongestWait => _tabs.Max(static t => t.LongestWait);

    public void ForgetWaits() => Array.ForEach(_tabs, static t => t.ForgetWaits());

    public bool IsStopping => _stopping;

    /// <summary>What could not be delivered within a minute of the end is not tried any more.</summary>
    public bool IsGivenUp => _givenUp;

    public Uri Address(string path)
    {
        var addresses = _addresses;
        return new($"{addresses[Random.Shared.Next(addresses.Count)]}/api/v1/widget/{path}?key={_key}");
    }

    /// <summary>What the proxy knows of which hosts are there.</summary>
    public void Route(IReadOnlyList<string> addresses) => _addresses = addresses;

    /// <summary>Acknowledgements a second over this time.</summary>
    public async Task<double> Rate(TimeSpan over)
    {
        var (before, started) = (Journal.Acknowledged, Stopwatch.GetTimestamp());
        await Task.Delay(over);
        return (Journal.Acknowledged - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Waits until every page has had a success since then.</summary>
    /// <returns>The time to the first success of any page, and to that of the last.</returns>
    /// <exception cref="TimeoutException">Some page had none.</exception>
    public async Task<(TimeSpan First, TimeSpan All)> Recovered(long since)
    {
        TimeSpan? first = null;
        while (true)
        {
            var successes = _tabs.Select(static t => t.LastSuccess).ToArray();
            if (first is null && successes.Any(s => s > since))
            {
                // The earliest of all, not that of the page which happens to be looked at.
                first = Stopwatch.GetElapsedTime(since, Journal.Answers.Where(a => a.IsSuccess && a.Ended > since).Min(static a => a.Ended));
            }

            if (successes.All(s => s > since))
            {
                return (first!.Value, Stopwatch.GetElapsedTime(since));
            }

            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"{successes.Count(s => s <= since)} of {successes.Length} pages had no success within {Patience}.");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>No more happens on the pages; waits until they have delivered what they have.</summary>
    public async Task Drain()
    {
        _stopping = true;
        try
        {
            await _running.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _givenUp = true;
            Journal.Complain("pages could not deliver what they had");
            await _running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        (_stopping, _givenUp) = (true, true);
        await _running;
        Http.Dispose();
    }
}
