using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Events as an app sends them.</summary>
internal static class AppEvents
{
    private static readonly HttpClient Http = new();

    /// <summary>One request with these events, in this order; a key stands before the names when it is not the usual one.</summary>
    /// <returns>What was answered.</returns>
    public static async Task<JsonNode> Fire(this SiloProcess silo, string person, params string[] names)
    {
        var key = names[0].StartsWith("pk_", StringComparison.Ordinal) ? names[0] : SiloProcess.PublishableKey;
        var body = new
        {
            user = new { externalId = person },
            events = names.Where(static n => !n.StartsWith("pk_", StringComparison.Ordinal)).Select(static name => new { id = Guid.CreateVersion7(), name }),
        };
        using var answer = await Http.PostAsJsonAsync($"{silo.Address}/api/v1/widget/events?key={key}", body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
