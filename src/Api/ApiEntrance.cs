using System.Diagnostics;
using Conclude.Api.Errors;
using Conclude.Api.Health;
using Conclude.Api.Idempotency;
using Conclude.Api.Keys;
using Conclude.Api.Operators;
using Conclude.Api.RateLimiting;
using Conclude.Api.Widget;
using Conclude.Grains.Keys;
using Conclude.Ledger;
using Conclude.Ledger.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Api;

/// <summary>
/// What every request under <c>/api</c> passes, in this order: CORS headers, the address's limit, the key, the key's kind, the page's
/// origin, the key's limit, an idempotency key; then its handler. Whatever goes wrong on the way leaves as a problem.
/// </summary>
internal sealed partial class ApiEntrance(RequestDelegate next, RateLimiter limits, IdempotentRequests idempotent, OperatorDoor operators, Readiness readiness, IHostApplicationLifetime lifetime, ILogger<ApiEntrance> log)
{
    public Task Invoke(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.OrdinalIgnoreCase) ? next(context)
        : Signals.Spans.HasListeners() ? RequestSpan.Around(context, Enter)
        : Enter(context);

    private async Task Enter(HttpContext context)
    {
        if (readiness.IsStopping)
        {
            // A proxy that keeps connections open is to find another process before this one closes them.
            context.Response.Headers.Connection = "close";
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            var isWidget = context.Request.Path.StartsWithSegments(ApiRoutes.Widget, StringComparison.OrdinalIgnoreCase);
            if (isWidget)
            {
                Cors.Apply(context);
                if (HttpMethods.IsOptions(context.Request.Method))
                {
                    Cors.AnswerPreflight(context);
                    return;
                }
            }
            else
            {
                // What a secret key reads is for no cache.
                context.Response.Headers.CacheControl = "no-store";
            }

            if (await Refusal(context, isWidget) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
                return;
            }

            await (!isWidget && IdempotentRequests.Concern(context.Request) ? idempotent.Run(context, next) : next(context));
            if (!context.Response.HasStarted && context.Response.ContentLength is null
                && ApiProblem.ForStatus(context.Response.StatusCode) is { } wordless)
            {
                await wordless.ExecuteAsync(context);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception failure)
        {
            await Answer(context, failure);
        }
    }

    /// <returns>Null when the request may go on.</returns>
    private async ValueTask<ApiProblem?> Refusal(HttpContext context, bool isWidget)
    {
        if (limits.Address(context.Connection.RemoteIpAddress, context.Response.Headers) is > 0 and var wait)
        {
            return ApiProblem.RateLimited(wait);
        }

        // Taken out of the query whatever comes of it: a refused request is not to show its key to a log either.
        var authenticated = await context.AuthenticateAsync(ApiKeyAuthentication.Scheme);
        if (context.GetEndpoint() is null)
        {
            return ApiProblem.NotFound;
        }

        // By address, not by route: a method that none of the operator's routes has would tell that there are any.
        if (context.Request.Path.StartsWithSegments(ApiRoutes.Operator, StringComparison.OrdinalIgnoreCase))
        {
            return operators.Opens(context.Request) ? null : ApiProblem.NotFound;
        }

        if (!authenticated.Succeeded)
        {
            context.Response.Headers.WWWAuthenticate = ApiKeyAuthentication.Challenge;
            return ApiProblem.UnknownKey;
        }

        var caller = Caller.Of(context);
        if (isWidget == (caller.Key.Kind == KeyKind.Secret))
        {
            return ApiProblem.WrongKeyType;
        }

        if (isWidget && !Origins.Allow(caller, context.Request.Headers.Origin))
        {
            return ApiProblem.OriginNotAllowed(context.Request.Headers.Origin.ToString());
        }

        return limits.Key(caller.Key, context.Response.Headers) is > 0 and var pause ? ApiProblem.RateLimited(pause) : null;
    }

    private async Task Answer(HttpContext context, Exception failure)
    {
        var problem = Failures.Expected(failure)
            ?? (failure is OperationCanceledException or ObjectDisposedException && lifetime.ApplicationStopping.IsCancellationRequested ? ApiProblem.Busy : null);
        if (problem is null)
        {
            var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            LogFailed(log, traceId, failure);
            problem = ApiProblem.Internal(traceId);
        }
        else if (problem.Status >= 500 && failure is not LedgerBusyException and not LedgerUnavailableException)
        {
            // The ledger speaks for itself. What an engine says of a call that failed names the grain, and so perhaps a person.
            LogUnavailable(log, problem.Code, failure.GetType().Name);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look whole.
            context.Abort();
            return;
        }

        await problem.ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} failed")]
    private static partial void LogFailed(ILogger log, string traceId, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answered {Code}: {Reason}")]
    private static partial void LogUnavailable(ILogger log, string code, string reason);
}
