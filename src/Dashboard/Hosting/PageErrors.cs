using Conclude.Dashboard.Components.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Hosting;

/// <summary>Gives people a page where a request fails or finds nothing; never the reason, which belongs in the log. Programs' addresses are left alone.</summary>
internal sealed partial class PageErrors(RequestDelegate next, ILogger<PageErrors> log)
{
    /// <summary>Addresses that answer to programs: their errors are theirs, never a page.</summary>
    private static readonly PathString[] Programs = ["/api", "/openapi", "/health", "/widget", "/_blazor", "/_framework", "/_dashboard", "/_content"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (Programs.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase)))
        {
            await next(http);
            return;
        }

        var response = http.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "same-origin";
        try
        {
            await next(http);
        }
        catch (Exception reason) when (!response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(log, http.Request.Method, reason);
            response.Clear();
            response.StatusCode = reason is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        }

        if (response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
        {
            response.Headers.CacheControl = "no-store";
            await new RazorComponentResult<ErrorDocument>(new { Status = response.StatusCode }) { StatusCode = response.StatusCode }.ExecuteAsync(http);
        }
    }

    [LoggerMessage(LogLevel.Error, "A {Method} request for a page failed.")]
    private static partial void LogFailed(ILogger log, string method, Exception reason);
}
