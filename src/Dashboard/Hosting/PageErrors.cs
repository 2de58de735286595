using Conclude.Dashboard.Components.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Hosting;

/// <summary>Gives people a page where a request fails or finds nothing; never the reason, which belongs in the log. Programs' addresses are left alone.</summary>
internal sealed partial class PageErrors(RequestDelegate next, ILogger<PageErrors> log)
{
    /// <summary>Addresses that answer to programs: their errors are theirs, never a page.</summary>
    private static readonly PathString[] Programs = ["/api", "/openapi", "/health", "/widget", "/_blazor", "/_framework", "/_dashboard", "/_content"];

    public async Task InvokeAsync(HttpContext http)
    {
        var response = http.Response;
        var isProgram = Programs.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
        // Pages make addresses of it. Probes in HTTP/1.0 name none.
        if ((http.Request.Host.HasValue || !isProgram) && !Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host.Value}/", UriKind.Absolute, out _))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (isProgram)
        {
            response.Headers.XContentTypeOptions = "nosniff";
            try
            {
                await next(http);
            }
            catch (Exception reason) when (!response.HasStarted && Unreadable(http.Request, reason) is not null)
            {
                response.Clear();
                response.StatusCode = Unreadable(http.Request, reason)!.Value;
            }

            return;
        }

        PageHeaders.Set(response);
        try
        {
            await next(http);
        }
        catch (Exception reason) when (!response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var unreadable = Unreadable(http.Request, reason);
            if (unreadable is null)
            {
                LogFailed(log, http.Request.Method, reason);
            }

            response.Clear();
            PageHeaders.Set(response);
            response.StatusCode = unreadable ?? StatusCodes.Status500InternalServerError;
        }

        if (response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
        {
            response.Headers.CacheControl = "no-store";
            // A page that failed half-way has used up what a request has once.
            await using var scope = http.RequestServices.CreateAsyncScope();
            http.RequestServices = scope.ServiceProvider;
            await new RazorComponentResult<ErrorDocument>(new { Status = response.StatusCode }) { StatusCode = response.StatusCode }.ExecuteAsync(http);
        }
    }

    /// <returns>The status of a request that is not what it says it is: the sender's fault, and nothing for the log. Null for any other failure.</returns>
    private static int? Unreadable(HttpRequest request, Exception reason) => reason switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // Without a boundary, with an end that does not come, with names or values that are too long, or too many of them.
        InvalidDataException or IOException when request.HasFormContentType => StatusCodes.Status400BadRequest,
        { InnerException: { } inner } => Unreadable(request, inner),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "A {Method} request for a page failed.")]
    private static partial void LogFailed(ILogger log, string method, Exception reason);
}
