using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Somebody's site: another site than ours, not only another port, so that browsers treat us as the third party that we are.</summary>
internal sealed class HostSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostSite(WebApplication app) => _app = app;

    /// <summary>Of this page.</summary>
    public string Address => $"http://localhost:{Port}/";

    /// <summary>Of this page, on the same site as our host but of another origin: there browsers do send cookies along.</summary>
    public string SameSite => $"http://127.0.0.1:{Port}/";

    /// <summary>Of a page of yet another site that has this page in a frame.</summary>
    public string Framed => $"http://portal.localhost:{Port}/frame";

    private string Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<HostSite> Start(HostPage page, string host, string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var site = new HostSite(app);
        app.MapGet("/frame", (string? sandbox) => Results.Content($"""
            <!doctype html><html lang="en"><head><title>Portal</title></head><body>
            <iframe title="App" width="700" height="500" {(sandbox is null ? "" : $"sandbox=\"{sandbox}\"")} src="{site.Address}"></iframe></body></html>
            """, "text/html"));
        app.MapGet("/favicon.ico", static () => Results.NoContent());
        app.MapFallback((HttpContext context) =>
        {
            if (page.Csp is { } policy)
            {
                context.Response.Headers.ContentSecurityPolicy = policy.Replace("API", host, StringComparison.Ordinal);
            }

            return Results.Content(page.Html(host, name), "text/html");
        });
        await app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
