using System.Diagnostics;
using Conclude.Api.Keys;
using Conclude.Ledger.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api;

/// <summary>
/// The span of a request, ours instead of the framework's: it never holds an address or a query, so no key, id or person. A trace
/// begins here whatever the caller sends along: anybody may call, and is not to decide what is recorded.
/// </summary>
internal static class RequestSpan
{
    private const string Other = "_OTHER";

    public static async Task Around(HttpContext context, Func<HttpContext, Task> request)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var method = context.Request.Method;
        method = HttpMethods.GetCanonicalizedValue(method) is var known && IsUsual(known) ? known : Other;
        Activity.Current = null;
        using var span = Signals.Spans.StartActivity(route is null ? method : $"{method} {route}", ActivityKind.Server);
        await request(context);
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        // Names after OpenTelemetry's conventions for HTTP.
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        span.SetTag("conclude.workspace", context.Features.Get<Caller>()?.WorkspaceId);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static bool IsUsual(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsPatch(method);
}
