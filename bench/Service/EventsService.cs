using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Conclude.Bench.Service;

/// <summary>
/// What all the programs measured beside the product share: Kestrel, one route that parses the contract's JSON and answers the
/// contract's JSON, read and written the way the product does it, with no key, no check and no rule in between.
/// </summary>
public static class EventsService
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <param name="args"><c>--urls</c> and what the store takes.</param>
    /// <param name="open">Makes the store from the settings; null for none: everything is accepted and forgotten.</param>
    public static async Task Run(string[] args, Func<IServiceSettings, Task<IEventStore>>? open)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var store = open is null ? null : await open(new ServiceSettings(builder.Configuration));
        var app = builder.Build();
        app.MapGet("/health/ready", (RequestDelegate)(static _ => Task.CompletedTask));
        app.MapGet("/count", (RequestDelegate)(async context => Write(
            context, store is null ? new StoredCount(0, 0) : await store.Count(), EventsJson.Default.StoredCount)));
        app.MapPost("/api/v1/widget/events", (RequestDelegate)(context => Post(context, store)));
        await app.RunAsync();
    }

    private static async Task Post(HttpContext context, IEventStore? store)
    {
        var request = await Read(context);
        if (request?.Events is not { Length: > 0 } events || request.UserKey.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var accepted = store is null ? events.Length : await store.Append(request);
        Write(context, new EventsAnswer(accepted, events.Length - accepted, [], "ok", Prompt: null), EventsJson.Default.EventsAnswer);
    }

    private static async ValueTask<EventsRequest?> Read(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                var request = Parse(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return request;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static EventsRequest? Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return JsonSerializer.Deserialize(body.FirstSpan, EventsJson.Default.EventsRequest);
        }

        Utf8JsonReader reader = new(body);
        return JsonSerializer.Deserialize(ref reader, EventsJson.Default.EventsRequest);
    }

    private static void Write<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        var bytes = t_bytes ??= new(512);
        var writer = t_writer ??= new(bytes, new JsonWriterOptions { SkipValidation = true });
        bytes.ResetWrittenCount();
        writer.Reset(bytes);
        JsonSerializer.Serialize(writer, answer, type);
        writer.Flush();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.WrittenCount;
        context.Response.BodyWriter.Write(bytes.WrittenSpan);
    }
}
