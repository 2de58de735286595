using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Testing.Network;
using Npgsql;

namespace Conclude.Testing;

/// <summary>
/// An installation of the default build, on either store, is adopted by the build under test, with processes: refused beside a running host,
/// killed with -9 in the middle, run again, and the same as before under a host.
/// </summary>
/// <param name="settings">Of each process of the build under test, beside its database.</param>
internal sealed class AdoptScenario(Func<(string Name, string Value)[]> settings)
{
    private const string Moment = "report_exported";

    /// <param name="from"><c>sqlite</c>, <c>postgres</c>, or <c>in place</c> for the target's own database.</param>
    public async Task Run(string from)
    {
        var old = from == "sqlite" ? "" : PostgresServer.Get().NewDatabase();
        var target = from == "in place" ? old : PostgresServer.Get().NewDatabase();
        await using var before = await SiloProcess.StartOf(SiloProcess.LocalProgram, ("ConnectionStrings__Conclude", old));
        await Live(before);
        var source = from == "sqlite" ? before.Data.FullName : old;
        var (refused, why) = await Adopt(source, target);
        Assert.True(refused == 2, why);
        Assert.Contains("in use", why, StringComparison.Ordinal);
        var totals = await Totals(before);
        await before.Terminate();

        if (from != "in place")
        {
            await KillInside(source, target);
        }

        if (from == "sqlite")
        {
            var (kept, notYet) = await SiloProcess.RunRefused(port: null, [("ConnectionStrings__Conclude", target), .. settings()]);
            Assert.NotEqual(0, kept);
            Assert.Contains(notYet, static line => line.Contains("adopt", StringComparison.Ordinal));
        }

        var (done, said) = await Adopt(source, target);
        Assert.True(done == 0, said);
        Assert.Contains("all agrees", said, StringComparison.Ordinal);
        if (from == "sqlite")
        {
            var (again, already) = await Adopt(source, target);
            Assert.True(again == 2, already);
            Assert.Contains("adopt into an empty one", already, StringComparison.Ordinal);
        }

        await GoesOn(target, totals);
    }

    /// <summary>The command, run to its end.</summary>
    public Task<(int ExitCode, string Said)> Adopt(string source, string target) => SiloCommand.Run(["adopt", "--from", source], Settings(target));

    public static async Task<JsonNode> Fire(SiloProcess silo, string user, string name)
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

    private static async Task Live(SiloProcess silo)
    {
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?", followUp = "What was slow?" });
        made.EnsureSuccessStatusCode();
        var prompt = (string)(await Fire(silo, "ada", Moment))["prompt"]!["id"]!;
        await Step(silo, prompt, "reaction", new { reaction = "neutral" });
        await Step(silo, prompt, "comment", new { text = "Slow today." });
        for (var i = 0; i < 30; i++)
        {
            await Fire(silo, $"user-{i}", "page_viewed");
        }
    }

    /// <summary>Over a slow network, so that there is a middle.</summary>
    private async Task KillInside(string source, string target)
    {
        NpgsqlConnectionStringBuilder there = new(target);
        await using TcpProxy network = new(there.Port) { Latency = TimeSpan.FromMilliseconds(20), Mode = ProxyMode.Slow };
        there.Port = network.Port;
        using var adopting = SiloCommand.Start(["adopt", "--from", source], Settings(there.ConnectionString));
        var said = adopting.StandardOutput.ReadToEndAsync();
        var failed = adopting.StandardError.ReadToEndAsync();
        while (TablesDone(target) < 3 && !adopting.HasExited)
        {
            await Task.Delay(5);
        }

        adopting.Kill();
        await adopting.WaitForExitAsync();
        Assert.True(adopting.ExitCode == 137, await said + await failed);
        Assert.Equal(false, PostgresServer.Execute(target, "SELECT finished FROM conclude_adoption"));
    }

    private static long TablesDone(string target) =>
        PostgresServer.Execute(target, "SELECT to_regclass('conclude_adoption_tables')::text") is string
            ? (long)PostgresServer.Execute(target, "SELECT count(*) FROM conclude_adoption_tables WHERE done")!
            : 0;

    private async Task GoesOn(string target, string totals)
    {
        await using var after = await SiloProcess.Start([("ConnectionStrings__Conclude", target), .. settings()]);
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

    private (string Name, string Value)[] Settings(string target) =>
        [("ConnectionStrings__Conclude", target), ("ASPNETCORE_ENVIRONMENT", "Development"), .. settings()];

    private static async Task<string> Totals(SiloProcess silo) => string.Join('\n', (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray()
        .Select(static i => $"{i!["name"]} {i["count"]} {i["firstSeen"]}").Order(StringComparer.Ordinal))
        + (await silo.Get("/api/v1/moments/" + Moment))["totals"]!.ToJsonString();

    private static async Task Step(SiloProcess silo, string prompt, string step, object body)
    {
        using HttpClient page = new();
        using var answer = await page.PostAsJsonAsync($"{silo.Address}/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", body);
        answer.EnsureSuccessStatusCode();
    }
}
