using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Browser.Tests;

/// <summary>Fills a workspace over HTTP with a few moments, observed events and answers, as apps would; the same each time.</summary>
internal static class History
{
    private static readonly (string Event, string Question, int People, string Reactions)[] Moments =
    [
        ("report_exported", "How was exporting this report?", 64, "ppppppnpfppn"),
        ("invite_sent", "How was inviting your teammate?", 41, "pppppnpp"),
        ("search_performed", "Did you find what you were looking for?", 88, "fnpffnpnf"),
        ("dashboard_shared", "How was sharing this dashboard?", 23, "ppnpp"),
        ("billing_updated", "How was changing your plan?", 12, "pnf"),
    ];

    private static readonly (string Name, int Count)[] Observed =
        [("page_viewed", 240), ("filter_applied", 75), ("chart_opened", 52), ("report_scheduled", 18), ("csv_imported", 9)];

    private static readonly string[] Comments =
    [
        "The file was empty the first time, the second try worked.",
        "Took about a minute for 40 rows. Is it queued somewhere?",
        "I expected the columns in the order I arranged them.",
        "Results from archived projects drown everything else.",
        "Could not find the setting, had to ask support.",
    ];

    private static readonly string[] People = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Katherine Johnson", "Edsger Dijkstra", "Barbara Liskov"];

    public static async Task Fill(SiloProcess silo)
    {
        foreach (var (name, question, _, _) in Moments)
        {
            using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = name, question, followUp = "What got in your way?" });
            made.EnsureSuccessStatusCode();
        }

        using var widget = new HttpClient { BaseAddress = new Uri(silo.Address) };
        foreach (var (name, count) in Observed)
        {
            foreach (var chunk in Enumerable.Range(0, count).Chunk(60))
            {
                await Fire(widget, chunk[0], name, chunk.Length);
            }
        }

        var answered = 0;
        foreach (var (name, _, people, reactions) in Moments)
        {
            for (var person = 0; person < people; person++)
            {
                if (await Fire(widget, person, name, 1) is { } prompt && person % 3 != 2)
                {
                    await Answer(widget, prompt, reactions[person % reactions.Length], answered++);
                }
            }
        }
    }

    private static async Task<string?> Fire(HttpClient widget, int person, string name, int times)
    {
        var who = People[person % People.Length];
        var body = JsonSerializer.Serialize(new
        {
            user = new
            {
                anonymousId = $"browser-{name}-{person}",
                externalId = $"{name}-{person}",
                email = who.Split(' ')[0].ToLowerInvariant() + "@acme.com",
                name = who,
                companies = new[] { new { id = "co_acme", name = "Acme" } },
            },
            context = new { url = "https://app.acme.com/reports", locale = "en-GB", device = "desktop" },
            events = Enumerable.Range(0, times).Select(_ => new { id = Guid.CreateVersion7(), name }),
        });
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var answer = await widget.PostAsync("/api/v1/widget/events?key=" + SiloProcess.PublishableKey, content);
        answer.EnsureSuccessStatusCode();
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["prompt"]?["id"];
    }

    private static async Task Answer(HttpClient widget, string prompt, char reaction, int number)
    {
        await Step("seen", new { view = "v" });
        await Step("reaction", new { reaction = reaction switch { 'p' => "positive", 'n' => "neutral", _ => "frustrated" } });
        if (reaction != 'p')
        {
            await Step("comment", new { text = Comments[number % Comments.Length] });
        }

        async Task Step(string step, object body)
        {
            using var answer = await widget.PostAsJsonAsync($"/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", body);
            answer.EnsureSuccessStatusCode();
        }
    }
}
