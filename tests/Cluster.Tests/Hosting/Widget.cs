using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Cluster.Tests.Hosting;

/// <summary>Single fires at a silo of one's choice.</summary>
internal sealed class Widget : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <param name="user">Null for somebody new.</param>
    /// <param name="id">Null for a new event.</param>
    /// <returns>The answer; null when it was refused for now or the connection failed.</returns>
    public async Task<JsonNode?> Fire(SiloProcess silo, string name, string? user = null, Guid? id = null)
    {
        var body = new { user = new { externalId = user ?? Guid.NewGuid().ToString("N") }, events = new[] { new { id = id ?? Guid.CreateVersion7(), name } } };
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain");
        try
        {
            using var answer = await _http.PostAsync($"{silo.Address}/api/v1/widget/events?key={SiloProcess.PublishableKey}", content);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }

            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
