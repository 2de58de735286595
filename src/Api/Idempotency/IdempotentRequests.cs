using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Conclude.Api.Idempotency;

/// <summary>
/// Runs a <c>POST</c> that carries an <c>Idempotency-Key</c> once in 24 hours, and answers the same request with what it was answered
/// first. Answers that ask to try again (5xx, 429), and that the key has ended (401), are not kept.
/// </summary>
internal sealed partial class IdempotentRequests(IGrainFactory grains, ILogger<IdempotentRequests> log)
{
    public const string Replayed = "Idempotent-Replayed";

    public static bool Concern(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Headers.ContainsKey(IdempotencyKey.Header);

    public async Task Run(HttpContext context, RequestDelegate next)
    {
        if (IdempotencyKey.Read(context.Request.Headers[IdempotencyKey.Header]) is not { } key)
        {
            await ApiProblem.Validation(IdempotencyKey.Header, IdempotencyKey.Rule).ExecuteAsync(context);
            return;
        }

        if (await Fingerprint(context.Request, context.RequestAborted) is not { } fingerprint)
        {
            // Too large a body: the handler says so.
            await next(context);
            return;
        }

        var (workspace, attempt) = (Caller.Of(context).WorkspaceId, Guid.NewGuid());
        var start = await grains.Idempotency(workspace).Begin(IdempotencyKey.Hash(key), fingerprint, attempt);
        await (start.Status switch
        {
            IdempotencyStatus.Started => RunFirst(context, next, key, attempt),
            IdempotencyStatus.Answered => Repeat(context.Response, start.Answer!, key, workspace),
            IdempotencyStatus.Running => ApiProblem.IdempotencyKeyInUse.ExecuteAsync(context),
            IdempotencyStatus.Reused => ApiProblem.IdempotencyKeyReused.ExecuteAsync(context),
            IdempotencyStatus.Full => ApiProblem.TooManyIdempotencyKeys.ExecuteAsync(context),
            _ => throw new InvalidOperationException($"{start.Status} is no status."),
        });
    }

    /// <returns>SHA-256 over method, address and body, lower-case hex; null when the body is larger than any route takes.</returns>
    private static async ValueTask<string?> Fingerprint(HttpRequest request, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > RequestBody.MaxBytes || read.IsCompleted)
            {
                foreach (var part in read.Buffer)
                {
                    hash.AppendData(part.Span);
                }

                // Nothing is consumed: the handler reads it again.
                request.BodyReader.AdvanceTo(read.Buffer.Start);
                return read.IsCompleted && read.Buffer.Length <= RequestBody.MaxBytes ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Task Repeat(HttpResponse response, KeptAnswer answer, string key, string workspace)
    {
        response.StatusCode = answer.Status;
        response.Headers[Replayed] = "true";
        response.Headers.Location = answer.Location;
        response.Headers.ETag = answer.ETag;
        if (answer.Body is null)
        {
            return Task.CompletedTask;
        }

        response.ContentType = answer.ContentType;
        return Send(response, AnswerSeal.Open(answer.Body, key, workspace));
    }

    private static Task Send(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    private static KeptAnswer? Keep(HttpContext context, ReadOnlySpan<byte> body, string key, string workspace)
    {
        var response = context.Response;
        if (response.StatusCode is >= 500 or StatusCodes.Status429TooManyRequests or StatusCodes.Status401Unauthorized)
        {
            return null;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<NotKept>() is { } secret && response.StatusCode < 300)
        {
            var answer = JsonNode.Parse(body)!;
            answer[secret.Member] = null;
            body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        }

        return new KeptAnswer(
            response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag,
            body.IsEmpty ? null : AnswerSeal.Seal(body, key, workspace));
    }

    private async Task RunFirst(HttpContext context, RequestDelegate next, string key, Guid attempt)
    {
        var (response, workspace) = (context.Response, Caller.Of(context).WorkspaceId);
        var client = response.Body;
        using var written = new MemoryStream();
        response.Body = written;
        KeptAnswer? answer = null;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(CancellationToken.None);
            answer = Keep(context, written.GetBuffer().AsSpan(0, (int)written.Length), key, workspace);
        }
        finally
        {
            response.Body = client;
            await Finish(workspace, key, attempt, answer);
        }

        if (written.Length > 0)
        {
            await Send(response, written.GetBuffer().AsMemory(0, (int)written.Length));
        }
    }

    /// <summary>Whoever asked is told what was done, whether or not it could be kept.</summary>
    private async Task Finish(string workspace, string key, Guid attempt, KeptAnswer? answer)
    {
        try
        {
            await grains.Idempotency(workspace).Finish(IdempotencyKey.Hash(key), attempt, answer);
        }
        catch (Exception reason)
        {
            LogNotKept(log, workspace, reason.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of workspace {Workspace} could not be kept ({Reason}): for a minute the same request is refused, then it runs again")]
    private static partial void LogNotKept(ILogger log, string workspace, string reason);
}
