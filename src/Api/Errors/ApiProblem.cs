using System.Globalization;
using System.Text.Json;
using Conclude.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Errors;

/// <summary>A refusal: written as <c>application/problem+json</c> with a stable code.</summary>
internal sealed record ApiProblem(int Status, string Code, string Title) : IResult
{
    public const string ContentType = "application/problem+json";

    private const int MaxOrigin = 200;

    public string? Detail { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Seconds; sent as <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    public static ApiProblem MalformedJson { get; } = new(400, Codes.MalformedJson, "The body is not valid JSON.");
    public static ApiProblem BadRequest { get; } = new(400, Codes.BadRequest, "The request is not valid HTTP.");
    public static ApiProblem UnknownKey { get; } = new(401, Codes.UnknownKey, "The API key is missing, unknown or revoked.");
    public static ApiProblem WrongKeyType { get; } = new(403, Codes.WrongKeyType, "This kind of key does not open this route.");
    public static ApiProblem IdentityNotVerified { get; } = new(403, Codes.IdentityNotVerified, "This workspace requires a valid hash beside an externalId.");
    public static ApiProblem NotFound { get; } = new(404, Codes.NotFound, "There is no such thing here.");
    public static ApiProblem MethodNotAllowed { get; } = new(405, Codes.MethodNotAllowed, "This route does not take this method.");
    public static ApiProblem AlreadyAnswered { get; } = new(409, Codes.AlreadyAnswered, "Another answer is stored already.");
    public static ApiProblem ReactionRequired { get; } = new(409, Codes.ReactionRequired, "A comment comes after a reaction.");
    public static ApiProblem CommentNotExpected { get; } = new(409, Codes.CommentNotExpected, "A positive reaction takes no comment.");
    public static ApiProblem NotLive { get; } = new(409, Codes.NotLive, "The prompt has expired, or another page holds it.");
    public static ApiProblem EventExists { get; } = new(409, Codes.EventExists, "This event is a moment already.");
    public static ApiProblem PlanLimit { get; } = new(409, Codes.PlanLimit, "The plan allows no more moments.");
    public static ApiProblem TooManyKeys { get; } = new(409, Codes.TooManyKeys, "The workspace has as many keys of this kind as it may: revoke one.");
    public static ApiProblem TooManyWebhooks { get; } = new(409, Codes.TooManyWebhooks, "The workspace has as many webhooks as it may: remove one.");
    public static ApiProblem WebhookDisabled { get; } = new(409, Codes.WebhookDisabled, "The webhook is disabled.");
    public static ApiProblem DeliveryErased { get; } = new(409, Codes.DeliveryErased, "The delivery told of a person who was erased.");
    public static ApiProblem IdempotencyKeyInUse { get; } = new(409, Codes.IdempotencyKeyInUse, "A request with this idempotency key runs now.");
    public static ApiProblem TooManyIdempotencyKeys { get; } = new(409, Codes.TooManyIdempotencyKeys, "The workspace has used as many idempotency keys in 24 hours as it may.");
    public static ApiProblem IdempotencyKeyReused { get; } = new(422, Codes.IdempotencyKeyReused, "This idempotency key came with another request.");
    public static ApiProblem TooManyBlockedNames { get; } = new(409, Codes.TooManyBlockedNames, "The workspace blocks as many names as it may: unblock one.");
    public static ApiProblem VersionMismatch { get; } = new(412, Codes.VersionMismatch, "It was changed since it was read.");
    public static ApiProblem TooLarge { get; } = new(413, Codes.TooLarge, "The body is over 64 KiB.");
    public static ApiProblem UnsupportedMediaType { get; } = new(415, Codes.UnsupportedMediaType, "Send JSON as application/json (widget routes: or text/plain).");
    public static ApiProblem StoreUnavailable { get; } = new(503, Codes.StoreUnavailable, "The store does not answer; nothing was acknowledged.") { RetryAfter = 1 };
    public static ApiProblem Busy { get; } = new(503, Codes.Busy, "Too much is waiting; nothing was acknowledged.") { RetryAfter = 1 };

    public static ApiProblem Stopping { get; } = new(503, Codes.Stopping, "This process is about to stop.") { RetryAfter = 1 };

    public static ApiProblem Validation(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, Codes.Validation, "Some fields are not valid.") { Errors = errors };

    public static ApiProblem Validation(string field, string message) =>
        Validation(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    public static ApiProblem RateLimited(int retryAfterSeconds) =>
        new(429, Codes.RateLimited, "Too many requests.") { RetryAfter = retryAfterSeconds };

    /// <param name="origin">The page's, as its browser says; told back to whoever looks into their console for what to allow.</param>
    public static ApiProblem OriginNotAllowed(string origin) =>
        new(403, Codes.OriginNotAllowed, "This workspace does not allow requests from this origin.")
        {
            Detail = $"Not among the allowed origins of the key or the workspace's settings: {(origin.Length > MaxOrigin ? origin[..MaxOrigin] : origin)}",
        };

    /// <param name="traceId">The id under which the failure was logged.</param>
    public static ApiProblem Internal(string traceId) =>
        new(500, Codes.Internal, "Something went wrong on our side.") { TraceId = traceId };

    /// <summary>The problem for an answer that has a status and nothing else; null when the status is no error.</summary>
    public static ApiProblem? ForStatus(int status) => status switch
    {
        < 400 => null,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        < 500 => BadRequest with { Status = status },
        _ => new(status, Codes.Internal, "Something went wrong on our side."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new ProblemJson(Title, Status, Code, Detail, Errors, TraceId), ApiJson.Default.ProblemJson);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }
}
