using Conclude.Api.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api.Widget;

/// <summary>
/// The headers that let a page of any origin read a widget answer. A browser's own request needs no preflight (no credentials, a key in
/// the query, <c>text/plain</c>); a client that sends <c>application/json</c> or the key's header gets its preflight answered too.
/// </summary>
internal static class Cors
{
    private const string Day = "86400";

    private static readonly StringValues Any = "*";
    private static readonly StringValues Exposed = $"Retry-After, {RateLimiter.LeftHeader}, {RateLimiter.PolicyHeader}";
    private static readonly StringValues VaryOrigin = "Origin";

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        var origin = context.Request.Headers.Origin;
        // A browser names one origin, in ASCII. What is neither fits into no header, and is nobody's page.
        headers.AccessControlAllowOrigin = origin is [{ } one] && one.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? origin : Any;
        headers.Vary = VaryOrigin;
        headers.AccessControlExposeHeaders = Exposed;
    }

    public static void AnswerPreflight(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        response.Headers.AccessControlAllowHeaders = "content-type, x-conclude-api-key";
        response.Headers.AccessControlMaxAge = Day;
    }
}
