using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Conclude.Bench.Runner;

/// <summary>What the bench does with the product through its API, beside the load.</summary>
internal sealed class Product(string address) : IDisposable
{
    public const string PublishableKey = "pk_live_bench00000000000000000001";
    public const string OwnerEmail = "owner@acme.com";
    public const string OwnerPassword = "correct horse battery staple";
    private const string SecretKey = "sk_live_bench00000000000000000001";
    private const int AtOnce = 64;
    private readonly HttpClient _client = new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };

    public static IEnumerable<(string Name, string Value)> Settings(string data, string? database)
    {
        yield return ("Conclude__RateLimit__Enabled", "false");
        yield return ("DOTNET_gcServer", "1");
        yield return ("ASPNETCORE_ENVIRONMENT", "Production");
        yield return ("Conclude__Shutdown__DrainSeconds", "0");
        yield return ("Conclude__DataDirectory", data);
        yield return ("Conclude__Bootstrap__PublishableKey", PublishableKey);
        yield return ("Conclude__Bootstrap__SecretKey", SecretKey);
        yield return ("Conclude__Bootstrap__TestKey", "pk_test_bench00000000000000000001");
        yield return ("Conclude__Bootstrap__OwnerEmail", OwnerEmail);
        yield return ("Conclude__Bootstrap__OwnerPassword", OwnerPassword);
        if (database is not null)
        {
            yield return ("ConnectionStrings__Conclude", database);
        }
    }

    /// <summary>Asked of everybody once a year: what follows the first fire is a cooldown.</summary>
    public async Task AddMoment(string name)
    {
        JsonObject moment = new() { ["event"] = name, ["question"] = "How did it go?", ["followUp"] = "What was in the way?", ["cooldownHours"] = 8760 };
        using var request = Management(HttpMethod.Post, "/api/v1/moments");
        request.Content = JsonContent.Create(moment);
        using var answer = await _client.SendAsync(request);

        // A history that was made up before may have the same.
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Every user fires once; who is asked claims the prompt, so that the cooldown runs.</summary>
    /// <param name="prefix">Of the users' names, which are numbered from 1.</param>
    /// <returns>Events accepted.</returns>
    public async Task<long> FireOnce(string prefix, int users, string moment)
    {
        var accepted = 0L;
        await Parallel.ForEachAsync(Enumerable.Range(1, users), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (user, cancellation) =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            JsonObject body = new()
            {
                ["user"] = new JsonObject { ["anonymousId"] = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{user:D8}") },
                ["context"] = new JsonObject { ["url"] = "https://app.acme.com/reports", ["locale"] = "en-GB", ["device"] = "desktop" },
                ["events"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7().ToString(), ["name"] = moment, ["at"] = now }),
                ["sentAt"] = now,
            };
            using var answer = await _client.PostAsJsonAsync($"/api/v1/widget/events?key={PublishableKey}", body, cancellation);
            answer.EnsureSuccessStatusCode();
            var said = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
            Interlocked.Add(ref accepted, said["accepted"]!.GetValue<int>());
            if (said["prompt"]?["id"]?.GetValue<string>() is { } prompt)
            {
                using var seen = await _client.PostAsJsonAsync(
                    $"/api/v1/widget/prompts/{prompt}/seen?key={PublishableKey}", new JsonObject { ["view"] = "bench" }, cancellation);
                seen.EnsureSuccessStatusCode();
            }
        });
        return accepted;
    }

    /// <summary>Verdicts of a moment, by name.</summary>
    public async Task<Dictionary<string, long>> Verdicts(string moment)
    {
        var stats = await Get($"/api/v1/moments/{moment}/stats");
        return stats["verdicts"]!.AsObject().ToDictionary(static v => v.Key, static v => v.Value!.GetValue<long>(), StringComparer.Ordinal);
    }

    /// <summary>The events that are moments.</summary>
    public async Task<string[]> Moments() => [.. (await Get("/api/v1/moments"))["items"]!.AsArray().Select(static m => m!["event"]!.GetValue<string>())];

    /// <summary>Events as the catalogue counts them.</summary>
    public async Task<long> Counted()
    {
        var observed = await Get("/api/v1/observed-events");
        return observed["items"]!.AsArray().Sum(static i => i!["count"]!.GetValue<long>());
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Management(HttpMethod method, string path) => new(method, path) { Headers = { { "x-conclude-api-key", SecretKey } } };

    private async Task<JsonNode> Get(string path)
    {
        using var request = Management(HttpMethod.Get, path);
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
