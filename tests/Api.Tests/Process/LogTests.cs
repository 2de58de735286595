using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process, its log as talkative as Information makes it, that no line holds a person, a key or what one wrote.</summary>
public sealed class LogTests
{
    private const string Moment = "report_exported";

    private static readonly string[] Secrets =
    [
        "sentinel-person", "sentinel-browser", "sentinel.mail@example.com", "Sentinel Name", "sentinel-trait", "sentinel-company", "sentinel-comment",
        "sentinel-page", "sentinel-path", "pk_live_sentinel", "sk_live_sentinel", "sentinel-password", SiloProcess.PublishableKey, SiloProcess.SecretKey, "203.0.113.77",
    ];

    [Theory]
    [InlineData("simple")]
    [InlineData("json")]
    public async Task Nothing_of_people_or_keys_is_logged_whatever_they_send(string format)
    {
        // In Production: in Development the first start shows its keys on the console, on purpose.
        await using var silo = await SiloProcess.Start(TestStore.Settings(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Conclude__Shutdown__DrainSeconds", "1"), ("Conclude__TrustedProxies", "127.0.0.1"),
            ("Logging__LogLevel__Default", "Information"), ("Logging__LogLevel__Microsoft", "Information"), ("Logging__LogLevel__System", "Information"),
            ("Logging__LogLevel__Microsoft.AspNetCore.DataProtection", "Information"), ("Logging__Console__FormatterName", format)));
        using HttpClient caller = new() { BaseAddress = new Uri(silo.Address) };
        caller.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        var route = "/api/v1/widget/events?key=" + SiloProcess.PublishableKey;
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        var fired = await Send(caller, route, new { user = Person, context = new { url = "https://app.example/sentinel-page" }, events = new[] { new { id = Guid.CreateVersion7(), name = Moment } } });
        var prompt = JsonDocument.Parse(fired.Body).RootElement.GetProperty("prompt").GetProperty("id").GetString();
        var step = $"/api/v1/widget/prompts/{prompt}/";
        var key = "?key=" + SiloProcess.PublishableKey;
        Assert.Equal(HttpStatusCode.NoContent, (await Send(caller, step + "seen" + key, new { view = "sentinel-page" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(caller, step + "reaction" + key, new { reaction = "neutral" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(caller, step + "comment" + key, new { text = "sentinel-comment" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(caller, step + "reaction" + key, new { reaction = "positive" })).Status);

        // What goes wrong is logged sooner than what goes well.
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(caller, route, new { user = new { email = "sentinel.mail@example.com" }, events = "sentinel-comment" })).Status);
        using var malformed = await caller.PostAsync(route, new StringContent("{\"user\":{\"externalId\":\"sentinel-person\"", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(caller, "/api/v1/widget/events?key=pk_live_sentinel0000000000000001", new { })).Status);
        using var wrongKey = new HttpRequestMessage(HttpMethod.Get, "/api/v1/responses?q=sentinel-comment") { Headers = { { "x-conclude-api-key", "sk_live_sentinel0000000000000001" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.SendAsync(wrongKey)).StatusCode);
        Assert.Single((await silo.Get("/api/v1/responses?q=sentinel-comment"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Send(caller, "/api/v1/sentinel-path/sentinel-person", new { })).Status);
        using var form = await caller.PostAsync("/sign-in", new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", "sentinel.mail@example.com"), new("Input.Password", "sentinel-password")]));
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        using var link = await caller.GetAsync("/sign-in/link?token=sentinel-person.sentinel-password");
        using var page = await caller.GetAsync("/moments/sentinel-path?q=sentinel.mail@example.com");

        Assert.Equal(0, await silo.Terminate());
        var printed = silo.Printed;
        Assert.Contains("Asked to stop", printed, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, printed, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(SiloProcess.OwnerEmail, printed, StringComparison.Ordinal);
        Assert.All(Lines(printed), line => AssertOneRecord(format, line));
    }

    private static object Person => new
    {
        externalId = "sentinel-person",
        anonymousId = "sentinel-browser",
        email = "sentinel.mail@example.com",
        name = "Sentinel Name",
        companies = new[] { new { id = "sentinel-company" } },
        traits = new { plan = "sentinel-trait" },
    };

    /// <summary>What the log wrote; the first start speaks in plain lines of its own.</summary>
    private static IEnumerable<string> Lines(string printed) => printed.Split('\n')
        .Where(static l => l.Length > 0 && !l.StartsWith("Conclude Moments is ready", StringComparison.Ordinal) && !l.StartsWith("Keys and a one-time", StringComparison.Ordinal));

    private static void AssertOneRecord(string format, string line)
    {
        if (format == "json")
        {
            Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()));
        }
        else
        {
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [a-z]{4}: ", line);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> Send(HttpClient caller, string route, object body)
    {
        using var answer = await caller.PostAsync(route, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
