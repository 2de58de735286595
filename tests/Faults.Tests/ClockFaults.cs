using System.Text;
using System.Text.Json.Nodes;
using Conclude.Faults.Tests.Hosting;
using Conclude.Faults.Tests.Report;
using Conclude.Testing.Load;

namespace Conclude.Faults.Tests;

/// <summary>The server's clock goes back an hour under load: nothing is counted twice or asked twice, and cooldowns end when they would have.</summary>
public sealed class ClockFaults
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_clock_steps_back_an_hour(string store)
    {
        await using var host = await ClockHost.Start(store);
        await using var load = new WidgetLoad([host.Address], Stage.Moments, key: host.Publishable);
        var run = new FaultRun("clock back an hour", host, load) { Note = "in-process host" };
        await run.Warm();
        for (var round = 0; round < Form.Of(2, 4); round++)
        {
            await run.Round(() => Step(host, -Hour), TimeSpan.FromMilliseconds(Form.Of(500, 5_000)), static () => Task.CompletedTask);
        }

        await run.Judge();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whoever_was_asked_is_not_asked_again_because_the_clock_went_back(string store)
    {
        await using var host = await ClockHost.Start(store);
        using var rested = new StringContent("""{"event":"rested","question":"How was it?","cooldownHours":24}""", Encoding.UTF8, "application/json");
        (await host.Management.PostAsync("/api/v1/moments", rested)).EnsureSuccessStatusCode();
        using var page = new HttpClient { BaseAddress = new Uri(host.Address) };

        var (asked, until) = (await Fire("seen", "rested"), host.Time.GetUtcNow().AddHours(24));
        await Post($"prompts/{asked["prompt"]!["id"]}/seen", "{}");
        await Post($"prompts/{asked["prompt"]!["id"]}/reaction", """{"reaction":"positive"}""");
        var unclaimed = (await Fire("unclaimed", "rested"))["prompt"]!;

        await Step(host, -Hour);
        var again = (await Fire("seen", "rested"))["verdicts"]![0]!;
        Assert.Equal("cooldown", (string?)again["verdict"]);
        Assert.InRange((DateTimeOffset)again["until"]!, until.AddMinutes(-1), until.AddMinutes(1));
        Assert.Equal("lease_held", Verdict(await Fire("unclaimed", "rested")));
        // What was granted before the step can be claimed and answered after it.
        await Post($"prompts/{unclaimed["id"]}/seen", """{"view":"one"}""");
        await Post($"prompts/{unclaimed["id"]}/reaction", """{"reaction":"neutral"}""");
        await Post($"prompts/{unclaimed["id"]}/comment", """{"text":"Fine."}""");
        Assert.Equal("cooldown", Verdict(await Fire("unclaimed", "rested")));

        await Step(host, TimeSpan.FromHours(24.9));
        Assert.Equal("cooldown", Verdict(await Fire("seen", "rested")));
        await Step(host, TimeSpan.FromHours(0.2));
        Assert.Equal("shown", Verdict(await Fire("seen", "rested")));
        // Nobody kept a journal here; everything else is the judge's.
        Assert.DoesNotContain(await host.Judge(new Journal()), static c => !c.Contains("nobody", StringComparison.Ordinal));

        async Task<JsonNode> Fire(string user, string name) => JsonNode.Parse(await Post("events",
            new JsonObject { ["user"] = new JsonObject { ["anonymousId"] = user }, ["events"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7(), ["name"] = name }) }.ToJsonString()))!;

        async Task<string> Post(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "text/plain");
            using var answer = await page.PostAsync($"/api/v1/widget/{path}?key={host.Publishable}", content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
            return text;
        }
    }

    private static string? Verdict(JsonNode answer) => (string?)answer["verdicts"]![0]!["verdict"];

    private static Task Step(ClockHost host, TimeSpan by)
    {
        host.Time.Step(by);
        return Task.CompletedTask;
    }
}
