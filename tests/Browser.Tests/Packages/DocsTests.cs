using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Conclude.Testing;

namespace Conclude.Browser.Tests.Packages;

/// <summary>Proves that the code of <c>docs/install.md</c> does what it says: it is taken from the page and run against a server.</summary>
[Collection(PackagesCollection.Name)]
public sealed class DocsTests(ChromiumFixture chromium, PackagesHost host)
{
    private const string Events = "Events from your server";
    private const string Proof = "Prove who it is";

    private static readonly Document Install = new("docs/install.md");

    [Theory]
    [InlineData("sh", "bash", "-ceu")]
    [InlineData("js", "node", "--input-type=module", "-e")]
    [InlineData("python", "python3", "-c")]
    public async Task A_server_fires_an_event_with_the_code_of_the_page(string language, string program, params string[] options)
    {
        SkipWithout(language == "sh" ? ["bash", "curl"] : [program]);
        var before = await Fires();
        await Run(program, [.. options, FilledIn(Install.Code(Events, language))]);
        Assert.Equal(before + 1, await Fires());
    }

    [Fact]
    public async Task A_server_fires_an_event_with_the_csharp_of_the_page()
    {
        AssertCompiled(Install.Code(Events, "csharp").Replace("\"https://HOST\"", "host", StringComparison.Ordinal).Replace("\"pk_live_…\"", "key", StringComparison.Ordinal));
        var before = await Fires();
        await DocsSnippets.Fire(host.Silo.Address, SiloProcess.PublishableKey);
        Assert.Equal(before + 1, await Fires());
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("js")]
    [InlineData("python")]
    public async Task Every_language_makes_the_hash_that_the_server_takes(string language)
    {
        var externalId = $"{language} \u00fcser_\u65e5\u672c";
        SkipWithout(language switch { "js" => "node", "python" => "python3", _ => "dotnet" });
        var secret = await host.IdentitySecret(chromium);
        var code = Install.Code(Proof, language);
        var hash = language switch
        {
            "js" => await Run("node", "--input-type=module", "-e", code + $"\nconsole.log(concludeHash({Quoted(externalId)}, {Quoted(secret)}))"),
            "python" => await Run("python3", "-c", code + $"\nprint(conclude_hash({Quoted(externalId)}, {Quoted(secret)}))"),
            _ => DocsSnippets.Hash(externalId, secret),
        };

        AssertCompiled(Install.Code(Proof, "csharp"));
        Assert.Equal(DocsSnippets.Hash(externalId, secret), hash.Trim());
        await Require(verified: true);
        try
        {
            Assert.Equal(HttpStatusCode.Forbidden, await Fire(externalId, null));
            Assert.Equal(HttpStatusCode.Forbidden, await Fire(externalId + "x", hash.Trim()));
            Assert.Equal(HttpStatusCode.OK, await Fire(externalId, hash.Trim()));
        }
        finally
        {
            await Require(verified: false);
        }
    }

    private static string Quoted(string text) => $"\"{text}\"";

    private static void AssertCompiled(string code)
    {
        var compiled = Lines(File.ReadAllText(Repository.At("tests/Browser.Tests/Packages/DocsSnippets.cs"))).ToList();
        var documented = Lines(code).ToList();
        Assert.All(documented.Where(static l => l.StartsWith("using System.", StringComparison.Ordinal)), l => Assert.Contains(l, compiled));
        Assert.Contains(
            string.Join('\n', documented.Where(static l => !l.StartsWith("using System.", StringComparison.Ordinal))),
            string.Join('\n', compiled), StringComparison.Ordinal);

        static IEnumerable<string> Lines(string text) => text.Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0);
    }

    private static void SkipWithout(params string[] programs)
    {
        foreach (var needed in programs)
        {
            var there = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, needed)));
            Assert.SkipUnless(there, $"No {needed} on this machine.");
        }
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.True(process.ExitCode == 0, await complained);
        return await said;
    }

    private string FilledIn(string code) => code
        .Replace("https://HOST", host.Silo.Address, StringComparison.Ordinal)
        .Replace("pk_live_…", SiloProcess.PublishableKey, StringComparison.Ordinal);

    private async Task<int> Fires() => (int)(await host.Silo.Get("/api/v1/moments/report_exported/stats"))["totals"]!["fires"]!;

    private async Task Require(bool verified)
    {
        using var saved = await host.Silo.Management.PutAsJsonAsync("/api/v1/settings", new { requireVerifiedIdentity = verified });
        saved.EnsureSuccessStatusCode();
    }

    private async Task<HttpStatusCode> Fire(string externalId, string? hash)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Silo.Address), DefaultRequestHeaders = { { "x-conclude-api-key", SiloProcess.PublishableKey } } };
        using var answer = await http.PostAsJsonAsync("/api/v1/widget/events", new { user = new { externalId, hash }, events = new[] { new { id = Guid.CreateVersion7(), name = "signed" } } });
        return answer.StatusCode;
    }
}
