using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Json;

/// <summary>Writes an answer straight into the connection's buffer: one length, one write, nothing to collect.</summary>
internal static class JsonAnswer
{
    private const int UsualSize = 512;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    public static void Write<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        var bytes = t_bytes ??= new(UsualSize);
        var writer = t_writer ??= new(bytes, new JsonWriterOptions { SkipValidation = true });
        bytes.ResetWrittenCount();
        writer.Reset(bytes);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();

        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.WrittenCount;
        response.BodyWriter.Write(bytes.WrittenSpan);
    }
}
