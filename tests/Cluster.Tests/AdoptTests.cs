using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Cluster.Tests;

/// <summary>Proves with real processes that silos take over what the engine of one process has stored.</summary>
public sealed class AdoptTests
{
    private const string Moment = "report_exported";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("in place")]
    public async Task Silos_go_on_where_one_process_ended(string from)
    {
        Hosting.Cluster.RequireOrleans();
        Assert.SkipUnless(File.Exists(SiloProcess.LocalProgram), "The host of the default build was not built; .ci/run does.");
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

        await using var after = await SiloProcess.Start([("ConnectionStrings__Conclude", target), ("Conclude__Cluster__Address", "127.0.0.1"), ("Conclude__Cluster__SiloPort", Port)]);
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

    private static string Port => SiloProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    private static Task<(int ExitCode, string Said)> Adopt(string source, string target) => SiloCommand.Run(
        ["adopt", "--from", source], [("ConnectionStrings__Conclude", target), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Conclude__Cluster__Address", "127.0.0.1"), ("Conclude__Cluster__SiloPort", Port)]);

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
