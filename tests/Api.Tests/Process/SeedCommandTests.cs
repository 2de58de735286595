using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves that made-up history obeys the rules, is the same for the same seed, and survives a kill half-way.</summary>
public sealed class SeedCommandTests
{
    private const string Until = "2026-10-30T15:00:00Z";
    private const string Range = "?from=2026-08-01T00:00:00Z&to=2026-11-01T00:00:00Z&interval=day";
    private const string Moment = "report_exported";
    private static readonly string[] Wanted = ["seed", "--days", "60", "--users", "400", "--seed", "7", "--until", Until];

    [Fact]
    public async Task Killed_half_way_and_run_again_it_is_the_history_of_one_run()
    {
        await using var whole = await Stopped();
        var (done, said) = await Seed(whole, Wanted);
        Assert.True(done == 0, said);

        await using var killed = await Stopped();
        await KillHalfWay(killed);
        var (again, rest) = await Seed(killed, Wanted);
        Assert.True(again == 0, rest);
        Assert.Contains("were there already", rest, StringComparison.Ordinal);

        await whole.Run();
        await killed.Run();
        var story = await Told(whole);
        Assert.Equal(story, await Told(killed));
        var (agrees, recount) = await SiloCommand.Run(["verify"], Settings(killed));
        Assert.True(agrees == 0, recount);

        // Every page has something to show, and the release in it can be seen.
        var stats = await whole.Get($"/api/v1/moments/{Moment}/stats{Range}");
        Assert.All(["shown", "cooldown", "sampled_out", "stale", "lease_held"], verdict => Assert.NotEqual(0, (int)stats["verdicts"]![verdict]!));
        Assert.All(["positive", "neutral", "frustrated", "comments", "dismissed"], count => Assert.NotEqual(0, (int)stats["totals"]![count]!));
        Assert.NotEqual(0, (int)(await whole.Get($"/api/v1/moments/data_imported/stats{Range}"))["verdicts"]!["not_in_audience"]!);
        // Released on September 1 + 0.62 × 60 days, mended at 0.8.
        var (before, slow) = (Frustrated(stats, 0, 37), Frustrated(stats, 38, 47));
        Assert.True(slow > 2 * before, string.Create(CultureInfo.InvariantCulture, $"{before:P0} frustrated before the release, {slow:P0} after it"));
    }

    [Fact]
    public async Task On_an_empty_store_the_first_workspace_is_made_and_its_secret_key_told_as_at_a_first_start()
    {
        var data = Directory.CreateTempSubdirectory("conclude-seed-");
        try
        {
            (string, string)[] settings = [("Conclude__DataDirectory", data.FullName), ("ConnectionStrings__Conclude", ""), ("ASPNETCORE_ENVIRONMENT", "Production")];
            var (done, said) = await SiloCommand.Run(["seed", "--days", "3", "--users", "5", "--moments", "9"], settings);
            Assert.True(done == 0, said);
            Assert.DoesNotContain("sk_live_", said, StringComparison.Ordinal);
            Assert.Contains("sk_live_", await File.ReadAllTextAsync(Path.Combine(data.FullName, "first-start.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("9 moments added", said, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--days must be a whole number from 1 to 730.", "--days", "0")]
    [InlineData("--users must be a whole number from 1 to 100,000.", "--users", "many")]
    [InlineData("--until must be a time that is not in the future", "--until", "2999-01-01")]
    [InlineData("--seed has no value", "--seed")]
    [InlineData("There is no workspace nobody.", "--workspace", "nobody")]
    [InlineData("--workspace must be", "--workspace", "No Name")]
    public async Task What_cannot_be_done_is_said_in_a_line(string why, params string[] options)
    {
        var data = Directory.CreateTempSubdirectory("conclude-seed-");
        try
        {
            var (code, said) = await SiloCommand.Run(["seed", .. options], ("Conclude__DataDirectory", data.FullName), ("ConnectionStrings__Conclude", ""));
            Assert.Equal(2, code);
            Assert.StartsWith("It could not be done: " + why, said, StringComparison.Ordinal);
            Assert.Single(said.Trim().Split('\n'));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Beside_a_host_it_is_refused()
    {
        await using var silo = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        var (code, said) = await Seed(silo, Wanted);
        Assert.True(code == 2, said);
        Assert.Contains("in use", said, StringComparison.Ordinal);
    }

    private static async Task<SiloProcess> Stopped()
    {
        var silo = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        await silo.Terminate();
        return silo;
    }

    private static (string, string)[] Settings(SiloProcess silo) =>
        [("Conclude__DataDirectory", silo.Data.FullName), ("ConnectionStrings__Conclude", ""), ("ASPNETCORE_ENVIRONMENT", "Development")];

    private static Task<(int ExitCode, string Said)> Seed(SiloProcess silo, string[] options) => SiloCommand.Run(options, Settings(silo));

    /// <summary>kill -9 when some of the history is there.</summary>
    private static async Task KillHalfWay(SiloProcess silo)
    {
        ProcessStartInfo start = new("dotnet", [SiloProcess.Program, .. Wanted]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in Settings(silo))
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        // The first line when it begins, the second after a tenth of the people.
        Assert.StartsWith("acme: 0 of 400 users", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);
        Assert.StartsWith("acme: ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);
        Assert.False(process.HasExited, "It was done before it could be killed.");
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>All that is counted, as text.</summary>
    private static async Task<string> Told(SiloProcess silo)
    {
        var names = (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray();
        var lines = names.Select(static i => $"{i!["name"]} {i["count"]} {i["firstSeen"]} {i["lastSeen"]} {i["isMoment"]}").Order(StringComparer.Ordinal).ToList();
        foreach (var moment in new[] { Moment, "search_performed", "onboarding_completed" })
        {
            lines.Add((await silo.Get($"/api/v1/moments/{moment}/stats{Range}")).ToJsonString());
        }

        foreach (var answer in (await silo.Get("/api/v1/responses?limit=100"))["items"]!.AsArray())
        {
            lines.Add($"{answer!["event"]} {answer["reaction"]} {answer["comment"]} {answer["user"]!["email"]} {answer["at"]}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The share of frustrated answers in these days after August 1 + 31 days.</summary>
    private static double Frustrated(JsonNode stats, int from, int to)
    {
        var first = DateTimeOffset.Parse("2026-09-01T00:00:00Z", CultureInfo.InvariantCulture);
        var days = stats["series"]!.AsArray().Where(day => (DateTimeOffset)day!["at"]! - first is var at && at >= TimeSpan.FromDays(from) && at <= TimeSpan.FromDays(to)).ToList();
        double Sum(string field) => days.Sum(day => (double)day![field]!);
        return Sum("frustrated") / (Sum("positive") + Sum("neutral") + Sum("frustrated"));
    }
}
