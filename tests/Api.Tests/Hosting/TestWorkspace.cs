using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Tests.Hosting;

/// <summary>A workspace of its own for a test, and the two clients that it has: a page and an admin's program.</summary>
internal sealed class TestWorkspace
{
    public const string Secret = "identity-secret";
    private static int s_count;

    private readonly ApiHost _host;

    private TestWorkspace(ApiHost host, string id) => (_host, Id) = (host, id);

    public string Id { get; }

    public string Publishable { get; } = ApiKeys.Generate(KeyKind.Publishable);

    public string Test { get; } = ApiKeys.Generate(KeyKind.Test);

    public string SecretKey { get; } = ApiKeys.Generate(KeyKind.Secret);

    public static async Task<TestWorkspace> Create(ApiHost host, PlanLimits? plan = null, string? id = null, string owner = "owner@acme.com")
    {
        var workspace = new TestWorkspace(host, id ?? $"test-{Interlocked.Increment(ref s_count)}");
        var now = host.Time.GetUtcNow();
        Assert.True(await host.Grains.Tenant(workspace.Id).Create(new NewWorkspace(
            workspace.Id, plan ?? PlanLimits.SelfHosted, owner,
            [ApiKeys.Record(workspace.Publishable, now), ApiKeys.Record(workspace.Test, now), ApiKeys.Record(workspace.SecretKey, now)], Secret)));
        return workspace;
    }

    /// <summary>A moment without a cooldown, unless the fields say otherwise.</summary>
    public async Task<JsonNode> AddMoment(string eventName, object? fields = null)
    {
        var moment = new JsonObject { ["event"] = eventName, ["question"] = $"How was {eventName}?", ["cooldownHours"] = 0 };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject().ToArray())
        {
            moment[name] = value?.DeepClone();
        }

        return await Manage(HttpMethod.Post, "moments", moment, HttpStatusCode.Created);
    }

    /// <summary>Sends events as a page does: simple request, key in the query.</summary>
    public Task<HttpResponseMessage> PostEvents(object body, string? key = null) => Widget(HttpMethod.Post, "events", body, key);

    public async Task<JsonNode> Fire(object user, string eventName, Guid? id = null, string? key = null) =>
        await Body(await PostEvents(new { user, events = new[] { new { id = id ?? Guid.CreateVersion7(), name = eventName } } }, key), HttpStatusCode.OK);

    public Task<JsonNode> Fire(string anonymousId, string eventName, Guid? id = null, string? key = null) => Fire(new { anonymousId }, eventName, id, key);

    public Task<HttpResponseMessage> Step(JsonNode prompt, string step, object? body = null, string? key = null) =>
        Widget(HttpMethod.Post, $"prompts/{prompt["id"]}/{step}", body, key);

    public async Task Done(JsonNode prompt, string step, object? body = null)
    {
        using var answer = await Step(prompt, step, body);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> Widget(HttpMethod method, string path, object? body = null, string? key = null, string? origin = null)
    {
        var request = new HttpRequestMessage(method, new Uri(_host.Address, $"/api/v1/widget/{path}?key={key ?? Publishable}"));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain");
        }

        return _host.Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Managed(HttpMethod method, string path, object? body = null, string? key = null, Action<HttpRequestHeaders>? headers = null)
    {
        var request = new HttpRequestMessage(method, new Uri(_host.Address, $"/api/v1/{path}"));
        request.Headers.Add("x-conclude-api-key", key ?? SecretKey);
        headers?.Invoke(request.Headers);
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return _host.Http.SendAsync(request);
    }

    public async Task<JsonNode> Manage(HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Body(await Managed(method, path, body), expected);

    public Task<JsonNode> Get(string path) => Manage(HttpMethod.Get, path);

    public Task<JsonNode> Stats(string eventName) => Get($"moments/{eventName}/stats");

    public static async Task<JsonNode> Body(HttpResponseMessage answer, HttpStatusCode expected)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }

    /// <summary>Asserts a problem with this status and code.</summary>
    public static async Task<JsonNode> Problem(HttpResponseMessage answer, int status, string code)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = JsonNode.Parse(text)!;
            Assert.Equal(code, (string?)problem["code"]);
            Assert.Equal(status, (int?)problem["status"]);
            Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
            return problem;
        }
    }

    /// <summary>A page of that origin can read the answer.</summary>
    public static void AssertReadable(HttpResponseMessage answer, string origin)
    {
        Assert.Equal(origin, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.Equal("Retry-After, RateLimit, RateLimit-Policy", answer.Headers.GetValues("Access-Control-Expose-Headers").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
