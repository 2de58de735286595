using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Conclude.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Json;

/// <summary>Reads the JSON of a request, however its length is told.</summary>
internal static class RequestBody
{
    /// <summary>
    /// 64 KiB. Enforced here and not by Kestrel's own limit, which closes the connection under a client that is still sending: it
    /// would never read the 413. What is left of a longer body Kestrel reads away, for at most five seconds.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxFieldName = 100;

    /// <returns>The value; or the problem with it: 413, or 400 <c>malformed_json</c> / <c>validation</c>.</returns>
    public static ValueTask<Reading<T>> Read<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class => Read(context, type, whenEmpty: null);

    /// <param name="whenEmpty">What an empty body means; null when there must be one.</param>
    public static async ValueTask<Reading<T>> Read<T>(HttpContext context, JsonTypeInfo<T> type, T? whenEmpty)
        where T : class
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            return ApiProblem.TooLarge;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(buffer.End);
                return ApiProblem.TooLarge;
            }

            if (read.IsCompleted)
            {
                var parsed = buffer.IsEmpty && whenEmpty is not null ? whenEmpty : Parse(buffer, type);
                reader.AdvanceTo(buffer.End);
                return parsed;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static Reading<T> Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        if (body.IsSingleSegment)
        {
            return Parse(body.FirstSpan, type);
        }

        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return Parse(whole.AsSpan(0, (int)body.Length), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    internal static Reading<T> Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? value : ApiProblem.MalformedJson;
        }
        catch (JsonException wrong)
        {
            // The reader's own exception inside means that the text is no JSON; else one value is of the wrong kind.
            return wrong is { InnerException: not JsonException, Path: ['$', '.', .. var field] }
                ? ApiProblem.Validation(field.Length > MaxFieldName ? field[..MaxFieldName] : field, "is not of the right kind, or out of range")
                : ApiProblem.MalformedJson;
        }
    }
}
