using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Widget;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: what anybody may read: the widget's script, the demo, health, the OpenAPI document.</summary>
public sealed class PublicPagesTests
{
    private const string Script = "(()=>{/* the widget, long enough to be worth compressing: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa */})()";

    [Fact]
    public async Task The_script_is_served_to_any_origin_compressed_and_again_only_when_it_changed()
    {
        await using var host = new ApiHost([], static services => services.AddSingleton(new WidgetScript(Encoding.UTF8.GetBytes(Script))));
        await host.InitializeAsync();
        var address = new Uri(host.Address, "/widget/v1.js");
        using var plain = await host.Http.GetAsync(address);
        Assert.Equal(Script, await plain.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript; charset=utf-8", plain.Content.Headers.ContentType!.ToString());
        Assert.Equal("*", plain.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("nosniff", plain.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("public, max-age=300", plain.Headers.CacheControl!.ToString());

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("br, gzip;q=0.8");
        using var compressed = await host.Http.SendAsync(request);
        Assert.Equal("gzip", compressed.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        await using var unzipped = new GZipStream(await compressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal(Script, await new StreamReader(unzipped).ReadToEndAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(plain.Headers.ETag!);
        using var unchanged = await host.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task The_demo_is_there_only_where_it_is_switched_on()
    {
        await using var off = await ApiHost.Start();
        using var nothing = await off.Http.GetAsync(new Uri(off.Address, "/demo"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        await using var on = await ApiHost.Start(("Conclude:Demo", "true"), ("Conclude:Bootstrap:Workspace", "showroom"));
        using var tooEarly = await on.Http.GetAsync(new Uri(on.Address, "/demo"));
        Assert.Equal(HttpStatusCode.NotFound, tooEarly.StatusCode);
        var workspace = await TestWorkspace.Create(on, id: "showroom");
        using var page = await on.Http.GetAsync(new Uri(on.Address, "/demo"));
        if (typeof(WidgetScript).Assembly.GetManifestResourceInfo("demo/demo.html") is null)
        {
            Assert.Skip("This build carries no demo page.");
        }

        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains(workspace.Publishable, html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.DoesNotContain(workspace.SecretKey, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_needs_no_key_and_ready_means_that_the_store_answers()
    {
        await using var host = await ApiHost.Start();
        Assert.Equal("live", (string?)(await Read(host, "/health/live"))["status"]);
        Assert.Equal("ready", (string?)(await Read(host, "/health/ready"))["status"]);
        Assert.Matches(@"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$", (string?)(await Read(host, "/health/live"))["version"]);
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var asked = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(host.Address, path)));
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        }
    }

    [Fact]
    public async Task The_openapi_document_tells_every_route_its_body_its_answers_and_its_problems()
    {
        await using var host = await ApiHost.Start();
        var document = await Read(host, "/openapi/v1.json");
        var paths = document["paths"]!.AsObject();
        foreach (var (path, methods) in paths)
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), $"{method} {path} has no summary");
                if (path.StartsWith("/api", StringComparison.Ordinal))
                {
                    foreach (var status in new[] { "401", "403", "429", "503" })
                    {
                        Assert.NotNull(operation["responses"]![status]!["content"]!["application/problem+json"]);
                    }

                    foreach (var named in path.Split('{').Skip(1))
                    {
                        Assert.Contains(operation["parameters"]!.AsArray(), p => (string?)p!["name"] == named.Split('}')[0] && (string?)p["in"] == "path");
                    }

                    Assert.DoesNotContain("\"caller\"", operation.ToJsonString(), StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        var post = paths["/api/v1/widget/events"]!["post"]!;
        Assert.NotNull(post["requestBody"]!["content"]!["application/json"]);
        Assert.NotNull(post["requestBody"]!["content"]!["text/plain"]);
        Assert.NotNull(post["responses"]!["200"]!["content"]!["application/json"]);
        var schemas = document["components"]!["schemas"]!;
        Assert.Equal("uuid", (string?)schemas["EventsRequest"]!["properties"]!["events"]!["items"]!["properties"]!["id"]!["format"]);
        Assert.Equal(["user", "events"], schemas["EventsRequest"]!["required"]!.AsArray().Select(static f => (string?)f));
        Assert.Equal(["positive", "neutral", "frustrated"], schemas["Reaction"]!["enum"]!.AsArray().Select(static r => (string?)r));
        Assert.Equal(["per_fire", "per_user"], schemas["SamplingMode"]!["enum"]!.AsArray().Select(static m => (string?)m));
        Assert.NotNull(document["components"]!["securitySchemes"]!["apiKey"]);
    }

    private static async Task<JsonNode> Read(ApiHost host, string path)
    {
        using var answer = await host.Http.GetAsync(new Uri(host.Address, path));
        return await TestWorkspace.Body(answer, HttpStatusCode.OK);
    }
}
