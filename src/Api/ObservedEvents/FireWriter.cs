using System.Buffers;
using System.Text.Json;
using Conclude.Api.Json;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Conclude.Api.ObservedEvents;

/// <summary>Writes server-sent events: one <c>fire</c> each, with the fire's id as the event's id.</summary>
internal sealed class FireWriter
{
    private const int GuidLength = 36;

    private readonly HttpResponse _response;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private FireWriter(HttpResponse response) => _response = response;

    /// <summary>Sends the headers at once, so that a client knows that it is connected.</summary>
    public static async Task<FireWriter> Open(HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        // nginx would hold back what it thinks is a short answer.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var writer = new FireWriter(response);
        writer._bytes.Write("retry: 1000\n: connected\n\n"u8);
        await writer.Flush(cancellation);
        return writer;
    }

    public Task Write(List<RecentFire> fires, CancellationToken cancellation)
    {
        foreach (var fire in fires)
        {
            _bytes.Write("event: fire\nid: "u8);
            fire.Id.TryFormat(_bytes.GetSpan(GuidLength), out var length);
            _bytes.Advance(length);
            _bytes.Write("\ndata: "u8);
            // JSON escapes line ends, so the data is one line.
            using (var json = new Utf8JsonWriter(_bytes))
            {
                JsonSerializer.Serialize(json, FireJson.Of(fire), ApiJson.Default.FireJson);
            }

            _bytes.Write("\n\n"u8);
        }

        return fires.Count == 0 ? Task.CompletedTask : Flush(cancellation);
    }

    public Task Beat(CancellationToken cancellation)
    {
        _bytes.Write(": \n\n"u8);
        return Flush(cancellation);
    }

    private async Task Flush(CancellationToken cancellation)
    {
        await _response.Body.WriteAsync(_bytes.WrittenMemory, cancellation);
        await _response.Body.FlushAsync(cancellation);
        _bytes.ResetWrittenCount();
    }
}
