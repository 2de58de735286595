using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with real processes that an installation moves, whole, into a PostgreSQL database.</summary>
public sealed class AdoptCommandTests
{
    private const string Moment = "report_exported";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("in place")]
    public async Task An_installation_is_there_with_all_it_had_and_life_goes_on(string from)
    {
        var old = from == "sqlite" ? "" : PostgresServer.Get().NewDatabase();
        var target = from == "in place" ? old : PostgresServer.Get().NewDatabase();
        await using var before = await SiloProcess.StartOf(SiloProcess.LocalProgram, ("ConnectionStrings__Conclude", old));
        using var made = await before.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?", followUp = "What was slow?" });
        made.EnsureSuccessStatusCode();
        var prompt = (string)(await Fire(before, "ada", Moment))["prompt"]!["id"]!;
        await Step(before, prompt, "reaction", new { reaction = "neutral" });
        await Step(before, prompt, "comment", new { text = "Slow today." });
        for (var i = 0; i < 30; i++)
        {
            await Fire(before, $"user-{i}", "page_viewed");
        }

        var source = from == "sqlite" ? before.Data.FullName : old;
        var (refused, why) = await Adopt(source, target);
        Assert.True(refused == 2, why);
        Assert.Contains("in use", why, StringComparison.Ordinal);
        var totals = await Totals(before);
        await before.Terminate();

        var (done, said) = await Adopt(source, target);
        Assert.True(done == 0, said);
        Assert.Contains("all agrees", said, StringComparison.Ordinal);
        if (from == "sqlite")
        {
            var (again, already) = await Adopt(source, target);
            Assert.True(again == 2, already);
            Assert.Contains("adopt into an empty one", already, StringComparison.Ordinal);
        }

        await using var after = await SiloProcess.Start([("ConnectionStrings__Conclude", target)]);
        Assert.Equal(totals, await Totals(after));
        Assert.Equal("Slow today.", (string?)Assert.Single((await after.Get("/api/v1/responses"))["items"]!.AsArray())!["comment"]);
        Assert.Equal("How was it?", (string?)(await after.Get("/api/v1/moments/" + Moment))["question"]);
        // Ada has been asked, and life goes on.
        Assert.Null((await Fire(after, "ada", Moment))["prompt"]);
        Assert.NotNull((await Fire(after, "bob", Moment))["prompt"]);
        await Fire(after, "bob", "never_heard_of");
        await after.Terminate();
        var (agrees, recount) = await SiloCommand.Run(["verify"], ("ConnectionStrings__Conclude", target));
        Assert.True(agrees == 0, recount);
    }

    [Fact]
    public async Task Who_has_a_workspace_of_their_own_already_is_refused_before_anything_is_copied()
    {
        await using var before = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        await Fire(before, "ada", "page_viewed");
        await before.Terminate();
        var target = PostgresServer.Get().NewDatabase();
        await using (var other = await SiloProcess.Start(("ConnectionStrings__Conclude", target)))
        {
            await other.Terminate();
        }

        var (refused, why) = await Adopt(before.Data.FullName, target);
        Assert.True(refused == 2, why);
        Assert.Contains("adopt into an empty one", why, StringComparison.Ordinal);
        await using var still = await SiloProcess.Start(("ConnectionStrings__Conclude", target));
        Assert.Empty((await still.Get("/api/v1/observed-events"))["items"]!.AsArray());

        var (missing, what) = await Adopt(Path.Combine(before.Data.FullName, "nowhere"), target);
        Assert.True(missing == 2, what);
        Assert.StartsWith("It could not be done: ", what.Trim(), StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Said)> Adopt(string source, string target) => SiloCommand.Run(
        ["adopt", "--from", source], [("ConnectionStrings__Conclude", target), ("ASPNETCORE_ENVIRONMENT", "Development")]);

    private static async Task<string> Totals(SiloProcess silo) => string.Join('\n', (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray()
        .Select(static i => $"{i!["name"]} {i["count"]} {i["firstSeen"]}").Order(StringComparer.Ordinal))
        + (await silo.Get("/api/v1/moments/" + Moment))["totals"]!.ToJsonString();

    private static async Task<JsonNode> Fire(SiloProcess silo, string user, string name)
    {
        var body = new JsonObject
        {
            ["user"] = new JsonObject { ["anonymousId"] = user },
            ["events"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7().ToString(), ["name"] = name }),
        };
        using HttpClient page = new();
        using var answer = await page.PostAsync(silo.Address + "/api/v1/widget/events?key=" + SiloProcess.PublishableKey, new StringContent(body.ToJsonString(), Encoding.UTF8, "text/plain"));
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task Step(SiloProcess silo, string prompt, string step, object body)
    {
        using HttpClient page = new();
        using var answer = await page.PostAsJsonAsync($"{silo.Address}/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", body);
        answer.EnsureSuccessStatusCode();
    }
}
