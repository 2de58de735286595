using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conclude.Testing.Circuits;

/// <summary>One open page of the dashboard as its server sees it: a circuit whose batches are taken and acknowledged, without a browser.</summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, TaskCompletionSource<string?>> _calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _greeted;
    private Task? _reading;
    private Task? _pinging;
    private int _callCount;

    /// <summary>Takes what the server would have a page show.</summary>
    public delegate void TakeBatch(ReadOnlySpan<byte> batch);

    public TakeBatch? Rendered { get; set; }

    /// <summary>The server calls a function of the page, or of the browser's half: its name, and the arguments of the former as JSON.</summary>
    public Action<string?, string?>? Asked { get; set; }

    /// <summary>The secret by which a page comes back to its circuit.</summary>
    public string? Secret { get; private set; }

    /// <summary>A page that stands still: its batches are neither read nor acknowledged.</summary>
    public bool Stalled { get; set; }

    /// <summary>What ended the circuit, if anything did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Done when the connection has ended, whoever ended it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>A connection to the hub of circuits that has none yet.</summary>
    /// <param name="cookies">As a request says them.</param>
    /// <param name="wire">What connects; null for the usual.</param>
    /// <param name="token">Of a connection that was negotiated; null: none was.</param>
    public static async Task<Circuit> Connect(Uri server, string cookies, HttpMessageInvoker? wire = null, string? token = null)
    {
        Circuit circuit = new();
        try
        {
            circuit._socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
            circuit._socket.Options.SetRequestHeader("Cookie", cookies);
            await circuit._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/_blazor", Query = token is null ? "" : "id=" + token }.Uri, wire, circuit._end.Token);
            await circuit.Send(PackWriter.Handshake);
            circuit._reading = Task.Run(circuit.Read);
            circuit._pinging = Task.Run(circuit.Ping);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a page that was asked for live.</summary>
    /// <param name="html">The page's first HTML.</param>
    /// <param name="page">Its address, or another that the page claims to be at.</param>
    public async Task Start(string html, Uri page)
    {
        JsonArray operations = [];
        foreach (Match match in Marker().Matches(html))
        {
            var marker = JsonNode.Parse(match.Groups["json"].Value)!;
            if ((string?)marker["type"] == "server")
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
            }
        }

        JsonObject update = new() { ["batchId"] = 1, ["operations"] = operations };
        await Begin(html, page);
        await Tell("UpdateRootComponents", update.ToJsonString(), StateOf(html));
    }

    /// <summary>Begins a circuit that shows nothing yet.</summary>
    /// <inheritdoc cref="Start"/>
    public async Task Begin(string html, Uri page) =>
        Secret = await Call("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", StateOf(html))
            ?? throw new InvalidDataException($"{page.AbsolutePath}: the circuit was not started.");

    /// <summary>Calls a method of the hub.</summary>
    /// <param name="arguments">Texts, whole numbers, truth values and null.</param>
    /// <returns>What it answers, as text.</returns>
    /// <exception cref="InvalidDataException">The hub answered with a failure.</exception>
    public async Task<string?> Call(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _callCount).ToString(CultureInfo.InvariantCulture);
        TaskCompletionSource<string?> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
        {
            _calls.Add(id, answered);
        }

        await Send(PackWriter.Invoke(method, id, arguments));
        await Task.WhenAny(answered.Task, Ended);
        return answered.Task.IsCompleted ? await answered.Task : throw new InvalidDataException($"{method}: the connection ended.", Failure);
    }

    /// <summary>Calls a method of the hub without asking what came of it.</summary>
    public Task Tell(string method, params object?[] arguments) => Send(PackWriter.Invoke(method, id: null, arguments));

    /// <summary>As a tab that is closed: the circuit ends at once.</summary>
    /// <param name="pages">Whose cookies the request carries.</param>
    public Task Leave(HttpClient pages) => Leave(pages, Secret!);

    /// <param name="secret">Of the circuit that is to end.</param>
    /// <param name="path">Where browsers say so, or another address of the same.</param>
    public static async Task Leave(HttpClient pages, string secret, string path = "/_blazor/disconnect")
    {
        using MultipartFormDataContent form = new() { { new StringContent(secret), "circuitId" } };
        using var answer = await pages.PostAsync(path, form);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Abort();
        foreach (var task in (Task?[])[_reading, _pinging])
        {
            if (task is not null)
            {
                await task;
            }
        }

        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private static string StateOf(string html) => State().Match(html).Groups["state"].Value;

    private async Task Read()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        try
        {
            var taken = 0;
            while (true)
            {
                while (Stalled)
                {
                    await Task.Delay(50, _end.Token);
                }

                var received = await _socket.ReceiveAsync(buffer.GetMemory(16 * 1024), _end.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    throw new InvalidDataException($"The server closed the circuit: {_socket.CloseStatusDescription}");
                }

                buffer.Advance(received.Count);
                taken += await Take(buffer.WrittenMemory[taken..]);
                if (taken == buffer.WrittenCount)
                {
                    buffer.ResetWrittenCount();
                    taken = 0;
                }
            }
        }
        catch (Exception reason) when (_end.IsCancellationRequested && reason is OperationCanceledException or WebSocketException)
        {
            // The page was closed.
        }
        catch (Exception reason)
        {
            Failure = reason;
        }

        _ended.TrySetResult();
    }

    /// <returns>How much of it was whole messages.</returns>
    private async Task<int> Take(ReadOnlyMemory<byte> bytes)
    {
        var taken = 0;
        if (!_greeted)
        {
            const byte EndOfHandshake = 0x1e;
            taken = bytes.Span.IndexOf(EndOfHandshake) + 1;
            _greeted = taken > 0;
        }

        while (_greeted && Length(bytes.Span[taken..]) is var (head, length) && length > 0 && taken + head + length <= bytes.Length)
        {
            if (Answer(bytes.Span.Slice(taken + head, length)) is { } answer)
            {
                await Send(answer);
            }

            taken += head + length;
        }

        return taken;
    }

    private static (int Head, int Length) Length(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                return (i + 1, length);
            }
        }

        return (0, 0);
    }

    private byte[]? Answer(ReadOnlySpan<byte> message)
    {
        const int Invocation = 1;
        const int Completion = 3;
        PackReader reader = new(message);
        reader.ArrayHeader();
        switch (reader.Integer())
        {
            case Invocation:
                reader.EmptyMap();
                reader.Text();
                var target = reader.Text();
                reader.ArrayHeader();
                return Invoked(target, ref reader);
            case Completion:
                reader.EmptyMap();
                Completed(reader.Text()!, ref reader);
                return null;
            default:
                return null;
        }
    }

    private void Completed(string id, ref PackReader reader)
    {
        const int Failed = 1;
        const int Nothing = 2;
        TaskCompletionSource<string?>? answered;
        lock (_calls)
        {
            _calls.Remove(id, out answered);
        }

        switch (reader.Integer())
        {
            case Failed:
                answered?.TrySetException(new InvalidDataException(reader.Text()));
                break;
            case Nothing:
                answered?.TrySetResult(null);
                break;
            default:
                answered?.TrySetResult(reader.Answer());
                break;
        }
    }

    private byte[]? Invoked(string? target, ref PackReader reader)
    {
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Integer();
                // One that was acknowledged while its page was away comes again, with nothing in it.
                if (reader.Binary() is { IsEmpty: false } shown)
                {
                    Rendered?.Invoke(shown);
                }

                return PackWriter.Invoke("OnRenderCompleted", id: null, batch, null);
            case "JS.BeginInvokeJS":
                var call = reader.Integer();
                var name = reader.Text();
                Asked?.Invoke(name, reader.Text());
                return call == 0 ? null : PackWriter.Invoke("EndInvokeJSFromDotNet", id: null, call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{Result(name)}]"));
            case "JS.Error":
                throw new InvalidDataException(reader.Text());
            default:
                Asked?.Invoke(target, null);
                return null;
        }
    }

    /// <summary>What the browser's half would answer.</summary>
    private static string Result(string? name) => name switch
    {
        "conclude.timeZone" => "\"Europe/Berlin\"",
        "import" => """{"__jsObjectId":1}""",
        "Radzen.createChart" or "Radzen.createResizable" => """{"width":800,"height":300}""",
        _ => "null",
    };

    private async Task Ping()
    {
        try
        {
            while (true)
            {
                await Task.Delay(PingEvery, _end.Token);
                await Send(PackWriter.Ping);
            }
        }
        catch (Exception reason) when (reason is OperationCanceledException or WebSocketException)
        {
            // The page was closed, or its reader says why it ended.
        }
    }

    private async Task Send(byte[] message)
    {
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(message, message == PackWriter.Handshake ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();
}
