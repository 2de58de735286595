using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Browser.Tests;

/// <summary>An app of another origin that carries the documented script tag and nothing else of ours.</summary>
internal sealed class CustomerSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CustomerSite(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<CustomerSite> Start(string widgetHost, string key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => Results.Content($$$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customer app</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <script>window.Conclude=window.Conclude||{q:[],event(...a){this.q.push(["event",a])},identify(...a){this.q.push(["identify",a])}}</script>
            <script async src="{{{widgetHost}}}/widget/v1.js" data-key="{{{key}}}"></script></head>
            <body><main><h1>Reports</h1><button id="export" onclick="Conclude.event('report_exported')">Export</button></main></body></html>
            """, "text/html"));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
