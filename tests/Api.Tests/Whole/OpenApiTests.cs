using System.Globalization;
using System.Text.Json.Nodes;
using Conclude.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves that the OpenAPI document is complete: it is held against the routes themselves, and its examples against its schemas.</summary>
public sealed class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Roots = ["/api/", "/health/"];

    [Fact]
    public async Task Every_route_tells_what_it_does_who_may_and_what_it_answers_with_examples()
    {
        var document = await Document();
        List<string> missing = [];
        foreach (var route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(static e => Roots.Any(root => e.RoutePattern.RawText!.StartsWith(root, StringComparison.Ordinal))))
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(static m => m != "HEAD"))
            {
                var path = route.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/');
                missing.AddRange(Lacks(route, document["paths"]![path]?[method.ToLowerInvariant()]).Select(what => $"{method} {path}: {what}"));
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public async Task Every_example_is_valid()
    {
        var document = await Document();
        var schemas = new OpenApiSchemas(document);
        List<string> wrong = [];
        var seen = 0;
        foreach (var (place, content) in Contents(document))
        {
            var examples = content["examples"]?.AsObject().Select(static e => e.Value!["value"]).ToArray() ?? [content["example"]];
            foreach (var example in examples)
            {
                seen++;
                wrong.AddRange(schemas.Errors(content["schema"], example).Select(error => $"{place}: {error}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(seen, 150, 1_000);
    }

    [Fact]
    public void What_is_no_value_of_a_schema_is_found()
    {
        var schemas = new OpenApiSchemas(JsonNode.Parse("""{"components":{"schemas":{"Kind":{"type":"string","enum":["a"]}}}}""")!);
        var schema = JsonNode.Parse("""{"type":"object","required":["id"],"properties":{"id":{"type":["string","null"]},"kind":{"$ref":"#/components/schemas/Kind"},"n":{"type":"array","items":{"type":"integer"}}}}""");
        Assert.Empty(schemas.Errors(schema, JsonNode.Parse("""{"id":null,"kind":"a","n":[1]}""")));
        Assert.All(
            ["""{}""", """{"id":1}""", """{"id":"x","kind":"b"}""", """{"id":"x","n":[1.5]}""", """{"id":"x","other":1}""", """[]"""],
            value => Assert.NotEmpty(schemas.Errors(schema, JsonNode.Parse(value))));
    }

    private static IEnumerable<string> Lacks(RouteEndpoint route, JsonNode? operation)
    {
        if (operation is null)
        {
            yield return "not in the document";
            yield break;
        }

        if (string.IsNullOrEmpty((string?)operation["summary"]))
        {
            yield return "no summary";
        }

        var isApi = route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal);
        if (isApi && (operation["security"] is null || string.IsNullOrEmpty((string?)operation["description"])))
        {
            yield return "does not tell which key it takes";
        }

        foreach (var status in isApi ? ["401", "403", "429", "503"] : Array.Empty<string>())
        {
            if (operation["responses"]![status] is null)
            {
                yield return $"no {status}";
            }
        }

        foreach (var answer in route.Metadata.OfType<IProducesResponseTypeMetadata>().Select(static m => m.StatusCode.ToString(CultureInfo.InvariantCulture)).Distinct())
        {
            if (operation["responses"]![answer] is null)
            {
                yield return $"no {answer}";
            }
        }

        if (route.Metadata.GetMetadata<IAcceptsMetadata>() is not null != operation["requestBody"] is not null)
        {
            yield return "its body is told wrongly";
        }

        if (route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST") && !route.RoutePattern.RawText.StartsWith("/api/v1/widget", StringComparison.Ordinal)
            && operation["parameters"]?.AsArray().Any(static p => (string?)p!["name"] == "Idempotency-Key") is not true)
        {
            yield return "no idempotency key";
        }

        foreach (var (place, content) in ContentsOf(operation))
        {
            if (content["schema"] is null && !place.EndsWith("text/csv", StringComparison.Ordinal))
            {
                yield return $"{place}: no schema";
            }

            if (content["example"] is null && content["examples"]?.AsObject().Count is not > 0)
            {
                yield return $"{place}: no example";
            }
        }
    }

    private static IEnumerable<(string Place, JsonNode Content)> Contents(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(static path => path.Value!.AsObject().SelectMany(method => ContentsOf(method.Value!).Select(c => ($"{method.Key} {path.Key} {c.Place}", c.Content))));

    private static IEnumerable<(string Place, JsonNode Content)> ContentsOf(JsonNode operation) =>
        (operation["responses"]!.AsObject().Append(new("body", operation["requestBody"]?.DeepClone()))).Where(static r => r.Value?["content"] is not null)
            .SelectMany(static r => r.Value!["content"]!.AsObject().Select(c => ($"{r.Key} {c.Key}", c.Value!)));

    private async Task<JsonNode> Document()
    {
        using var answer = await host.Http.GetAsync(new Uri(host.Address, "/openapi/v1.json"));
        return await TestWorkspace.Body(answer, System.Net.HttpStatusCode.OK);
    }
}
