using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Conclude.Testing.Circuits;

namespace Conclude.Bench.Runner.Dashboards;

/// <summary>One open page of the dashboard, and when probes showed on it.</summary>
internal sealed class CircuitPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(long Number, long At)> _shown = [];
    private readonly TaskCompletionSource _painted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketsHttpHandler _wire;
    private readonly HttpMessageInvoker _invoker;
    private Circuit? _circuit;
    private long _received;

    private CircuitPage(PageKind kind)
    {
        Kind = kind;
        _wire = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new CountingStream(new NetworkStream(socket, ownsSocket: true), bytes => Interlocked.Add(ref _received, bytes));
            },
        };
        _invoker = new HttpMessageInvoker(_wire);
    }

    public PageKind Kind { get; }

    /// <summary>When its first content had come.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Batches so far.</summary>
    public int Batches { get; private set; }

    /// <summary>Bytes that came over the network for the circuit, compressed as browsers ask for it.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Numbers of probes as they appeared, and when.</summary>
    public IReadOnlyList<(long Number, long At)> Shown => _shown;

    /// <summary>A page that stands still: its batches are neither read nor acknowledged.</summary>
    public bool Stalled
    {
        get => _circuit!.Stalled;
        set => _circuit!.Stalled = value;
    }

    /// <summary>What ended the circuit, if anything did.</summary>
    public Exception? Failure => _circuit?.Failure;

    /// <param name="pages">Signed in.</param>
    /// <param name="cookies">Of that client.</param>
    public static async Task<CircuitPage> Open(HttpClient pages, CookieContainer cookies, PageKind kind)
    {
        CircuitPage page = new(kind);
        try
        {
            await page.Start(pages, cookies);
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>As a tab that is closed: the circuit ends at once.</summary>
    public Task Leave(HttpClient pages) => _circuit!.Leave(pages);

    public async ValueTask DisposeAsync()
    {
        if (_circuit is not null)
        {
            await _circuit.DisposeAsync();
        }

        _invoker.Dispose();
        _wire.Dispose();
    }

    private async Task Start(HttpClient pages, CookieContainer cookies)
    {
        Uri address = new(pages.BaseAddress!, Kind.Path);
        var html = await pages.GetStringAsync(address);
        _circuit = await Circuit.Connect(address, cookies.GetCookieHeader(address), _invoker);
        _circuit.Rendered = Look;
        await _circuit.Start(html, address);
        await Task.WhenAny(_painted.Task, _circuit.Ended).WaitAsync(Patience);
        if (!_painted.Task.IsCompleted)
        {
            throw new BenchException($"{Kind.Path}: {_circuit.Failure}");
        }

        OpenedAt = Stopwatch.GetTimestamp();
    }

    private void Look(ReadOnlySpan<byte> batch)
    {
        Batches++;
        if (RenderBatch.Largest(batch, Kind.MarkBytes, Kind.From, Kind.To) is var number and > 0)
        {
            if (_shown.Count == 0 || number > _shown[^1].Number)
            {
                _shown.Add((number, Stopwatch.GetTimestamp()));
            }

            _painted.TrySetResult();
        }
    }
}
