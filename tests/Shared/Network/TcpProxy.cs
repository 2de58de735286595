using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Conclude.Testing.Network;

/// <summary>A stretch of network that a test can cut, black-hole and slow down, on a free loopback port.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _upstream;
    private readonly ConcurrentDictionary<Link, bool> _links = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile ProxyMode _mode;
    private double _losses;

    /// <param name="upstream">The loopback port on which the server listens.</param>
    public TcpProxy(int upstream)
    {
        _upstream = upstream;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Added to each direction while slow.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Of each connection and direction while slow; 0 is unlimited.</summary>
    public int BytesPerSecond { get; set; }

    public ProxyMode Mode
    {
        get => _mode;
        set
        {
            _mode = value;
            if (value == ProxyMode.Cut)
            {
                foreach (var link in _links.Keys)
                {
                    link.Reset();
                }
            }
        }
    }

    /// <summary>The answers that are to be lost from now on: the server has sent one, the client is reset instead of getting it.</summary>
    /// <param name="share">0–1, of all answers; 1 loses every one.</param>
    public void LoseAnswers(double share) => Volatile.Write(ref _losses, share);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var link in _links.Keys)
        {
            link.Reset();
        }

        await _accepting;
        _end.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            _ = Task.Run(() => Carry(client));
        }
    }

    private async Task Carry(Socket client)
    {
        var link = new Link(client);
        _links[link] = true;
        try
        {
            if (_mode == ProxyMode.Cut)
            {
                return;
            }

            if (_mode != ProxyMode.BlackHole)
            {
                await link.Server.ConnectAsync(IPAddress.Loopback, _upstream, _end.Token);
                link.Client.NoDelay = link.Server.NoDelay = true;
                await Task.WhenAny(Pump(link, link.Client, link.Server, isAnswer: false), Pump(link, link.Server, link.Client, isAnswer: true));
            }
            else
            {
                link.Dead = true;
            }

            if (link.Dead)
            {
                // Whatever either end does, the other never hears of it.
                await Task.Delay(Timeout.InfiniteTimeSpan, _end.Token);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone, or the test is over: both ends are let go below.
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Reset();
        }
    }

    private async Task Pump(Link link, Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer, _end.Token);
            if (_mode == ProxyMode.BlackHole)
            {
                link.Dead = true;
            }

            if (link.Dead)
            {
                if (count == 0)
                {
                    return;
                }

                continue;
            }

            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            if (isAnswer && Volatile.Read(ref _losses) is > 0 and var share && Random.Shared.NextDouble() < share)
            {
                return;
            }

            if (_mode == ProxyMode.Slow)
            {
                await Delay(count);
            }

            await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }

    private async Task Delay(int bytes)
    {
        var started = Stopwatch.GetTimestamp();
        var wait = Latency + (BytesPerSecond > 0 ? TimeSpan.FromSeconds((double)bytes / BytesPerSecond) : TimeSpan.Zero);
        while (_mode == ProxyMode.Slow && Stopwatch.GetElapsedTime(started) is var gone && gone < wait)
        {
            // In short steps: when the network heals, what was under way arrives.
            await Task.Delay(TimeSpan.FromTicks(Math.Min((wait - gone).Ticks, TimeSpan.TicksPerMillisecond * 20)), _end.Token);
        }
    }

    private sealed class Link
    {
        public volatile bool Dead;

        public Link(Socket client)
        {
            // No lingering: what is closed is reset, without a farewell.
            Client = client;
            Client.LingerState = Server.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        public Socket Client { get; }

        public Socket Server { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public void Reset()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
