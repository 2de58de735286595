using System.Text.RegularExpressions;
using Conclude.Api.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves of every route that there is which kinds of key it refuses: what a kind may do is its scope.</summary>
public sealed partial class KeyKindTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Every_route_takes_its_own_kind_of_key_alone()
    {
        var workspace = await TestWorkspace.Create(host);
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static e => e.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) is true)
            .SelectMany(static e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (Method: new HttpMethod(method), Path: Parameter().Replace(e.RoutePattern.RawText!, static m => m.Value.EndsWith(":guid}", StringComparison.Ordinal) ? Guid.Empty.ToString() : "x").Replace("/api/v1/", "", StringComparison.Ordinal))))
            .ToList();
        Assert.True(routes.Count(static r => r.Path.StartsWith("widget/", StringComparison.Ordinal)) >= 6 && routes.Count >= 35, $"{routes.Count} routes");

        foreach (var (method, path) in routes)
        {
            var isWidget = path.StartsWith("widget/", StringComparison.Ordinal);
            foreach (var wrong in isWidget ? [workspace.SecretKey] : (string[])[workspace.Publishable, workspace.Test])
            {
                await TestWorkspace.Problem(await workspace.Managed(method, path, key: wrong), 403, "wrong_key_type");
            }

            await TestWorkspace.Problem(await workspace.Managed(method, path, key: "sk_live_unknown0000000000000000000000"), 401, "unknown_key");
        }

        // None of these changed anything, the keys least of all.
        using var own = await workspace.Managed(HttpMethod.Get, "keys");
        Assert.Equal(System.Net.HttpStatusCode.OK, own.StatusCode);
        using var widget = await workspace.Widget(HttpMethod.Get, "config");
        Assert.Equal(System.Net.HttpStatusCode.OK, widget.StatusCode);
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();
}
