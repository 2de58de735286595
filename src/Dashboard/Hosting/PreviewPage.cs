using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// The page inside the drawer's preview: an app's page as a sketch, the real widget, and the script that shows what the drawer says.
/// It is the same for everybody, and may load nothing but its own files.
/// </summary>
internal static class PreviewPage
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly string Html =
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>Preview of the prompt</title>
          <link rel="stylesheet" href="{DashboardAssets.Url("preview.css")}" />
          <script src="/widget/v1.js" defer></script>
          <script src="{DashboardAssets.Url("preview.js")}" defer></script>
        </head>
        <body>
          <main aria-hidden="true"><i></i><i></i><i></i><i></i></main>
        </body>
        </html>
        """;

    public static void MapPreviewPage(this IEndpointRouteBuilder app) =>
        app.MapGet(DashboardRoutes.Preview, Get).AllowAnonymous().ExcludeFromDescription();

    private static ContentHttpResult Get(HttpResponse response)
    {
        PageHeaders.Set(response);
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(Html, "text/html; charset=utf-8");
    }
}
