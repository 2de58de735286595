using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Conclude.Testing.Circuits;

namespace Conclude.Api.Tests.Hosting;

/// <summary>A page of the dashboard that somebody has open, without a browser: what it was told to show, and what it asks of the server. It obeys nothing.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Arguments)> _asked = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpenPage(Circuit circuit) => Circuit = circuit;

    public Circuit Circuit { get; }

    /// <summary>Everything that the page was ever told to show, markup and names of attributes too.</summary>
    public string[] Texts
    {
        get
        {
            lock (_gate)
            {
                return [.. _texts];
            }
        }
    }

    /// <param name="cookies">Of the browser.</param>
    /// <param name="path">What the browser asks for.</param>
    /// <param name="claimed">Where it then says that it is; null: there.</param>
    public static async Task<OpenPage> Open(HttpClient browser, CookieContainer cookies, string path, string? claimed = null)
    {
        Uri address = new(browser.BaseAddress!, path);
        var html = await browser.GetStringAsync(address);
        var page = await Connect(browser, cookies);
        await page.Circuit.Start(html, claimed is null ? address : new Uri(browser.BaseAddress!, claimed));
        await page.WaitFor(p => p._asked.Exists(static a => a.Name == "conclude.live"), () => $"{claimed ?? path} was never live; it shows:\n{string.Join('\n', page.Texts)}");
        return page;
    }

    /// <summary>A connection of this browser without a circuit.</summary>
    /// <param name="token">Of a connection that was negotiated; null: none was.</param>
    public static async Task<OpenPage> Connect(HttpClient browser, CookieContainer cookies, string? token = null)
    {
        OpenPage page = new(await Circuit.Connect(browser.BaseAddress!, cookies.GetCookieHeader(browser.BaseAddress!), token: token));
        page.Circuit.Rendered = page.OnRendered;
        page.Circuit.Asked = page.OnAsked;
        return page;
    }

    public bool Says(string text) => Array.Exists(Texts, t => t.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until the page shows it.</summary>
    public Task Shows(string text) => WaitFor(_ => Says(text), () => $"\"{text}\" does not show, but:\n{string.Join('\n', Texts)}");

    /// <summary>Waits until the server has had the page do this.</summary>
    public Task IsAsked(string function) => WaitFor(p => p._asked.Exists(a => a.Name == function), () => $"{function} was not called.");

    /// <summary>Waits until the circuit has come to all that was asked of it before, and what that rendered has arrived. An ended circuit has.</summary>
    public async Task Settles()
    {
        const string Turned = "JS.EndLocationChanging";
        var before = Count();
        try
        {
            await Circuit.Tell("OnLocationChanging", 1L, "http://localhost/", null, false);
        }
        catch (WebSocketException)
        {
            return;
        }

        await WaitFor(p => p.Circuit.Ended.IsCompleted || Count() > before, () => "The circuit came to nothing.");

        int Count()
        {
            lock (_gate)
            {
                return _asked.Count(static a => a.Name == Turned);
            }
        }
    }

    /// <summary>Goes there as a link inside the dashboard does.</summary>
    public Task GoTo(HttpClient browser, string path) => Circuit.Tell("OnLocationChanged", new Uri(browser.BaseAddress!, path).ToString(), null, false);

    /// <summary>Forgets what it was shown so far.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _texts.Clear();
        }
    }

    /// <summary>Has the page's own half call an event handler, whether the page has such a one or not.</summary>
    public Task Dispatch(long interop, long handler, string name = "click") => Invoke(
        interop, "DispatchEventAsync", string.Create(CultureInfo.InvariantCulture, $$"""[{"eventHandlerId":{{handler}},"eventName":"{{name}}","eventFieldInfo":null},{"type":"{{name}}","detail":1,"screenX":0,"screenY":0,"button":0,"buttons":0}]"""));

    /// <summary>Calls a method of an object of the circuit.</summary>
    public Task Invoke(long target, string method, string arguments) =>
        Circuit.Tell("BeginInvokeDotNetFromJS", "1", null, method, target, arguments);

    public ValueTask DisposeAsync() => Circuit.DisposeAsync();

    private async Task WaitFor(Func<OpenPage, bool> condition, Func<string> otherwise)
    {
        var until = Task.Delay(Patience, TestContext.Current.CancellationToken);
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (condition(this))
                {
                    return;
                }

                news = _news.Task;
            }

            var first = await Task.WhenAny(news, Circuit.Ended, until);
            if (first != news && !condition(this))
            {
                Assert.Fail($"{otherwise()}\n{Circuit.Failure}");
            }
        }
    }

    private void OnRendered(ReadOnlySpan<byte> batch)
    {
        lock (_gate)
        {
            _texts.UnionWith(RenderBatch.Texts(batch));
        }

        Tell();
    }

    private void OnAsked(string? name, string? arguments)
    {
        lock (_gate)
        {
            _asked.Add((name ?? "", arguments ?? ""));
        }

        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            (told, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        told.TrySetResult();
    }
}
