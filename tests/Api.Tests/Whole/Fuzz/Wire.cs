using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>A client that sends bytes as they are, over one connection for as long as the server keeps it: every proper one refuses to.</summary>
internal sealed class Wire(Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpClient? _connection;
    private int _from;
    private int _to;

    public async Task<WireAnswer> Send(Shot shot)
    {
        var bytes = shot.Bytes();
        var isUsed = _connection is not null;
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await Send(bytes, shot.Method, started);
        }
        catch (Exception gone) when (gone is IOException or SocketException && isUsed)
        {
            // Closed while it lay idle, or after the answer before.
            Close();
            try
            {
                return await Send(bytes, shot.Method, started);
            }
            catch (Exception again) when (again is IOException or SocketException)
            {
                Close();
                return WireAnswer.None(Stopwatch.GetElapsedTime(started));
            }
        }
        catch (Exception lost) when (lost is IOException or SocketException or OperationCanceledException)
        {
            Close();
            return WireAnswer.None(Stopwatch.GetElapsedTime(started));
        }
    }

    public void Dispose() => Close();

    private async Task<WireAnswer> Send(byte[] bytes, string method, long started)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        if (_connection is null)
        {
            _connection = new TcpClient { NoDelay = true };
            await _connection.ConnectAsync(server.Host, server.Port, patience.Token);
        }

        var stream = _connection.GetStream();
        await stream.WriteAsync(bytes, patience.Token);
        int status;
        ILookup<string, string> headers;
        do
        {
            (status, headers) = await Head(stream, patience.Token);
        }
        while (status is >= 100 and < 200);

        if (headers["content-type"].Any(static t => t.StartsWith("text/event-stream", StringComparison.Ordinal)))
        {
            Close();
            return new(status, headers, "", Stopwatch.GetElapsedTime(started));
        }

        var body = method == "HEAD" || status is 204 or 304 ? ""
            : headers["transfer-encoding"].Any() ? await Chunks(stream, patience.Token)
            : headers["content-length"].FirstOrDefault() is { } length ? await Text(stream, int.Parse(length, CultureInfo.InvariantCulture), patience.Token)
            : await Rest(stream, patience.Token);
        var took = Stopwatch.GetElapsedTime(started);
        if (headers["connection"].Any(static c => c.Contains("close", StringComparison.OrdinalIgnoreCase)))
        {
            Close();
        }

        return new(status, headers, body, took);
    }

    private async Task<(int Status, ILookup<string, string> Headers)> Head(NetworkStream stream, CancellationToken cancellation)
    {
        List<string> lines = [];
        while (await Line(stream, cancellation) is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        if (lines.Count == 0 || !int.TryParse(lines[0].Split(' ').ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var status))
        {
            throw new IOException("Not an answer.");
        }

        return (status, lines.Skip(1).Select(static l => l.Split(':', 2)).ToLookup(static p => p[0].ToLowerInvariant(), static p => p.ElementAtOrDefault(1)?.Trim() ?? "", StringComparer.Ordinal));
    }

    private async Task<string> Chunks(NetworkStream stream, CancellationToken cancellation)
    {
        StringBuilder body = new();
        while (int.Parse(await Line(stream, cancellation), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is > 0 and var length)
        {
            body.Append(await Text(stream, length, cancellation));
            await Line(stream, cancellation);
        }

        await Line(stream, cancellation);
        return body.ToString();
    }

    private async Task<string> Rest(NetworkStream stream, CancellationToken cancellation)
    {
        using StreamReader all = new(stream, Encoding.UTF8);
        var body = Encoding.UTF8.GetString(_buffer, _from, _to - _from) + await all.ReadToEndAsync(cancellation);
        Close();
        return body;
    }

    private async Task<string> Line(NetworkStream stream, CancellationToken cancellation)
    {
        StringBuilder line = new();
        while (true)
        {
            if (_from == _to)
            {
                await Fill(stream, cancellation);
            }

            var c = (char)_buffer[_from++];
            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(c);
        }
    }

    private async Task<string> Text(NetworkStream stream, int length, CancellationToken cancellation)
    {
        var text = new byte[length];
        for (var at = 0; at < length;)
        {
            if (_from == _to)
            {
                await Fill(stream, cancellation);
            }

            var some = Math.Min(length - at, _to - _from);
            _buffer.AsSpan(_from, some).CopyTo(text.AsSpan(at));
            (at, _from) = (at + some, _from + some);
        }

        return Encoding.UTF8.GetString(text);
    }

    private async Task Fill(NetworkStream stream, CancellationToken cancellation)
    {
        (_from, _to) = (0, await stream.ReadAsync(_buffer, cancellation));
        if (_to == 0)
        {
            throw new IOException("The connection was closed.");
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        (_connection, _from, _to) = (null, 0, 0);
    }
}
