using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Conclude.Api.Widget;

/// <summary><c>/widget/v1.js</c>, for pages of any origin.</summary>
internal static class WidgetScriptRoutes
{
    public static void MapWidgetScript(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<WidgetScript>() is { } script)
        {
            routes.MapMethods("/widget/v1.js", [HttpMethods.Get, HttpMethods.Head], context => Send(context, script))
                .ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static Task Send(HttpContext context, WidgetScript script)
    {
        var response = context.Response;
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.CacheControl = "public, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        // A page that is isolated from other origins may load it all the same.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = script.Etag;
        if (Etags.Match(context.Request.Headers.IfNoneMatch, script.Etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var gzip = TakesGzip(context.Request);
        var content = gzip ? script.Gzip : script.Content;
        response.ContentType = "text/javascript; charset=utf-8";
        response.ContentLength = content.Length;
        if (gzip)
        {
            headers.ContentEncoding = "gzip";
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(static e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
}
