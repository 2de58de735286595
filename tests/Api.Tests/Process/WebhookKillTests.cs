using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Process;

/// <summary>The real host, killed between an answer's commit and its delivery: nothing is lost, and nothing invented.</summary>
public sealed class WebhookKillTests
{
    private const int Answers = 25;

    [Fact]
    public async Task Every_acknowledged_answer_is_delivered_after_kill_9()
    {
        // A receiver that takes requests and never answers: each is under way when the host dies.
        var hanging = await WebhookReceiver.Start();
        hanging.Answer = static _ => 0;
        var url = new Uri(hanging.Url);
        await using var silo = await SiloProcess.Start(("Conclude__Webhooks__AllowPrivate", "true"), ("Conclude__Webhooks__AllowHttp", "true"));
        using var moment = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "report_exported", question = "How was it?", cooldownHours = 0 });
        moment.EnsureSuccessStatusCode();
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/webhooks", new { url = hanging.Url, events = new[] { "reaction.created" } });
        made.EnsureSuccessStatusCode();
        var secret = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["secret"]!;
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        using HttpClient page = new();
        for (var n = 0; n < Answers; n++)
        {
            var prompt = (string)(await AdoptScenario.Fire(silo, $"user-{n}", "report_exported"))["prompt"]!["id"]!;
            using var reacted = await page.PostAsJsonAsync($"{silo.Address}/api/v1/widget/prompts/{prompt}/reaction?key={SiloProcess.PublishableKey}", new { reaction = "positive" });
            reacted.EnsureSuccessStatusCode();
            acknowledged.Add(prompt);
        }

        await hanging.Get(1);
        await silo.Kill();
        var under = hanging.Received.Select(static r => r.Id).ToHashSet(StringComparer.Ordinal);
        await hanging.DisposeAsync();
        await using var receiver = await WebhookReceiver.Start(url.Port);
        await silo.Run();

        await receiver.Get(Answers, seconds: 60);
        Assert.All(receiver.Received, r => Assert.True(StandardSignature.Matches(r, secret)));
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), receiver.Received.Select(static r => (string)r.Data["promptId"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Answers, receiver.Received.Select(static r => r.Id).Distinct().Count());
        // What was under way came again under the id it had.
        Assert.Subset(receiver.Received.Select(static r => r.Id).ToHashSet(StringComparer.Ordinal), under);
    }
}
