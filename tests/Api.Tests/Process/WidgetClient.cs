using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Calls the events route as the widget does.</summary>
internal sealed class WidgetClient(string address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };

    public static StringContent Json(object value) => new(JsonSerializer.Serialize(value), Encoding.UTF8, "application/json");

    public Task<HttpResponseMessage> Post(string user, params (Guid Id, string Name)[] events) =>
        _http.PostAsync("/api/v1/widget/events?key=" + SiloProcess.PublishableKey, new StringContent(
            JsonSerializer.Serialize(new { user = new { anonymousId = user }, events = events.Select(static e => new { id = e.Id, name = e.Name }) }), Encoding.UTF8, "text/plain"));

    public async Task<JsonNode> Fire(string user, params (Guid Id, string Name)[] events)
    {
        using var answer = await Post(user, events);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task Step(string prompt, string step, object body)
    {
        using var answer = await _http.PostAsync($"/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", Json(body));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
