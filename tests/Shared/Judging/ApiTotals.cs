using System.Globalization;
using System.Text.Json.Nodes;

namespace Conclude.Testing.Judging;

/// <summary>Everything that the management API says in numbers, against a count of the rows.</summary>
internal sealed class ApiTotals(HttpClient management)
{
    /// <param name="about">The server's time.</param>
    public async Task<List<string>> Differences(List<StoredEvent> events, List<StoredPrompt> prompts, DateTimeOffset about)
    {
        var complaints = new List<string>();
        void Compare(string what, long said, long counted)
        {
            if (said != counted)
            {
                complaints.Add($"{what} is {said}, the rows make {counted}");
            }
        }

        var observed = Items(await Get("observed-events"));
        Compare("the number of observed names", observed.Count, events.Select(static e => e.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (var name in observed)
        {
            Compare($"observed {name["name"]}", (long)name["count"]!, events.Count(e => e.Name == (string?)name["name"]));
        }

        foreach (var moment in Items(await Get("moments")))
        {
            var name = (string)moment["event"]!;
            var (fires, asked) = (events.Where(e => e.Name == name).ToList(), prompts.Where(p => p.Name == name).ToList());
            foreach (var (field, counted) in Counted(fires, asked))
            {
                Compare($"moments: {name} {field}", (long)moment["totals"]![field]!, counted);
            }

            if (fires.Count == 0)
            {
                continue;
            }

            var stats = await Get(string.Create(CultureInfo.InvariantCulture,
                $"moments/{name}/stats?interval=hour&from={about.AddDays(-3):yyyy-MM-ddTHH:mm:ssZ}&to={about.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}"));
            foreach (var (field, counted) in Counted(fires, asked))
            {
                Compare($"stats: {name} {field}", (long)stats["totals"]![field]!, counted);
                Compare($"stats by the hour: {name} {field}", stats["series"]!.AsArray().Sum(p => (long)p![field]!), counted);
            }

            var verdicts = stats["verdicts"]!.AsObject();
            Compare($"the sum of {name}'s verdicts", verdicts.Sum(static v => (long)v.Value!), (long)stats["totals"]!["fires"]!);
            foreach (var (verdict, count) in verdicts)
            {
                Compare($"stats: {name} {verdict}", (long)count!, fires.Count(e => e.Verdict == verdict));
            }
        }

        await Responses(prompts, complaints);
        return complaints;
    }

    private static IEnumerable<(string Field, long Count)> Counted(List<StoredEvent> fires, List<StoredPrompt> asked) =>
    [
        ("fires", fires.Count), ("prompted", fires.Count(static e => e.Verdict == "shown")), ("seen", asked.Count(static p => p.IsSeen)),
        ("dismissed", asked.Count(static p => p.IsDismissed)), ("positive", asked.Count(static p => p.Reaction == "positive")),
        ("neutral", asked.Count(static p => p.Reaction == "neutral")), ("frustrated", asked.Count(static p => p.Reaction == "frustrated")),
        ("comments", asked.Count(static p => p.Comment is not null)),
    ];

    private async Task Responses(List<StoredPrompt> prompts, List<string> complaints)
    {
        var listed = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await Get("responses?limit=200" + (cursor is null ? "" : "&cursor=" + cursor));
            listed.AddRange(Items(page));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        var answers = prompts.Where(static p => p.Reaction is not null).ToDictionary(static p => p.Id, static p => (p.Reaction, p.Comment));
        var said = listed.Select(static r => (Id: (Guid)r["promptId"]!, Answer: ((string?)r["reaction"], (string?)r["comment"]))).ToList();
        if (said.Count != answers.Count || said.DistinctBy(static s => s.Id).Count() != said.Count || said.Any(s => !answers.TryGetValue(s.Id, out var row) || row != s.Answer))
        {
            complaints.Add($"{said.Count} responses are listed, the rows make {answers.Count}, or their words differ");
        }
    }

    private static List<JsonNode> Items(JsonNode answer) => [.. answer["items"]!.AsArray().Select(static i => i!)];

    private async Task<JsonNode> Get(string path) => JsonNode.Parse(await management.GetStringAsync("/api/v1/" + path))!;
}
