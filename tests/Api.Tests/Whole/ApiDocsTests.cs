using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Conclude.Api.Tests.Hosting;
using Conclude.Grains.Keys;
using Conclude.Grains.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves that the commands of <c>docs/api.md</c> do what they say, and that no management route is without one: they are taken from the page and run.</summary>
public sealed partial class ApiDocsTests
{
    /// <summary>Notes what was asked and answered; the stream that never ends is left after a second.</summary>
    private const string Noting = """curl() { local limit=20; case "$*" in *-sN*) limit=1;; esac; command curl --max-time $limit -w '%{stderr}\n@@ %{http_code} %{method} %{url}\n' "$@" || true; }""";

    [Fact]
    public async Task Every_management_route_has_a_command_that_works()
    {
        foreach (var program in new[] { "bash", "curl" })
        {
            var there = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
            Assert.SkipUnless(there, $"No {program} on this machine.");
        }

        await using var host = new ApiHost([("Conclude:Webhooks:AllowPrivate", "true")], static services => services.AddSingleton<IHostResolver>(new Here()));
        await host.InitializeAsync();
        var variables = await Prepare(host);
        var called = new List<(string Method, string Path)>();
        foreach (var block in Blocks())
        {
            var (said, noted) = await Run(block, variables);
            foreach (Match call in Calls().Matches(noted))
            {
                Assert.True(call.Groups["status"].Value[0] == '2', $"{call.Value}\n{said}");
                called.Add((call.Groups["method"].Value, new Uri(call.Groups["url"].Value).AbsolutePath));
            }

            if (SecretKey().Match(said) is { Success: true } fresh)
            {
                variables["SK"] = fresh.Value;
            }
        }

        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static e => e.RoutePattern.RawText!.StartsWith(ApiRoutes.Management, StringComparison.Ordinal) && !e.RoutePattern.RawText.StartsWith(ApiRoutes.Widget, StringComparison.Ordinal))
            .SelectMany(static e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, e.RoutePattern)));
        var bare = routes.Where(r => !called.Any(c => c.Method == r.Method && Matches(r.RoutePattern.RawText!, c.Path))).Select(static r => $"{r.Method} {r.RoutePattern.RawText}").ToArray();
        Assert.True(bare.Length == 0, "docs/api.md has no command for:\n" + string.Join('\n', bare));
    }

    private static bool Matches(string template, string path) =>
        new TemplateMatcher(TemplateParser.Parse(template), []).TryMatch(path, []) && template.Split('/').Zip(path.Split('/')).All(static p => p.First.Contains('{', StringComparison.Ordinal) || p.First == p.Second);

    /// <summary>What the page takes for granted: keys, ids, somebody to look up.</summary>
    private static async Task<Dictionary<string, string>> Prepare(ApiHost host)
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.Fire("8f14e45f", "page_viewed");
        var webhook = await workspace.Manage(HttpMethod.Post, "webhooks", new { url = "https://example.com/hooks", events = new[] { "reaction.created" } }, HttpStatusCode.Created);
        var delivery = await workspace.Manage(HttpMethod.Post, $"webhooks/{webhook["id"]}/test", expected: HttpStatusCode.Accepted);
        var key = await workspace.Manage(HttpMethod.Post, "keys/publishable", expected: HttpStatusCode.Created);
        return new(StringComparer.Ordinal)
        {
            ["HOST"] = host.Address.ToString().TrimEnd('/'),
            ["PK"] = workspace.Publishable,
            ["SK"] = workspace.SecretKey,
            ["KEY"] = (string)key["id"]!,
            ["TEST_KEY"] = ApiKeys.Record(workspace.Test, default).Id,
            ["WEBHOOK"] = (string)webhook["id"]!,
            ["DELIVERY"] = (string)delivery["id"]!,
        };
    }

    private static IEnumerable<string> Blocks()
    {
        using var reader = new StreamReader(typeof(ApiDocsTests).Assembly.GetManifestResourceStream("docs/api.md")!);
        return Fences().Matches(reader.ReadToEnd()).Select(static m => m.Groups["code"].Value);
    }

    private static async Task<(string Said, string Noted)> Run(string block, Dictionary<string, string> variables)
    {
        var folder = Directory.CreateTempSubdirectory("conclude-docs-");
        try
        {
            var start = new ProcessStartInfo("bash", ["-ceu", $"{Noting}\n{block}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = folder.FullName,
            };
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            using var process = System.Diagnostics.Process.Start(start)!;
            var (said, noted) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
            Assert.True(process.ExitCode == 0, await noted);
            return (await said, await noted);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^```sh\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^@@ (?<status>\d+) (?<method>\w+) (?<url>\S+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Calls();

    [GeneratedRegex("sk_live_[0-9a-f]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretKey();

    /// <summary>Every name is this machine, so that nothing leaves it.</summary>
    private sealed class Here : IHostResolver
    {
        public Task<IPAddress[]> Resolve(string host, CancellationToken cancellation) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
    }
}
