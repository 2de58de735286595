using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Conclude.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Conclude.Api.Tests.Process;

/// <summary>
/// Checks of deploy/ what can be checked without a container engine: compose.yaml parses and says what the documents promise, names
/// that two files share agree, and what the image asks its own health with gives the right answer.
/// </summary>
public sealed class DeployTests
{
    [Fact]
    public async Task Every_package_stands_in_the_list_of_dependencies()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var listed = await File.ReadAllTextAsync(Deploy.File("../docs/dependencies.md"), cancellation);
        var used = XDocument.Parse(await File.ReadAllTextAsync(Deploy.File("../Directory.Packages.props"), cancellation))
            .Descendants("PackageVersion").Select(static p => (string)p.Attribute("Include")!).ToList();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, name => !listed.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_has_a_database_two_silos_and_a_proxy_that_knows_both()
    {
        var services = Map(Compose(), "services");
        Assert.Equal(["postgres", "proxy", "silo1", "silo2"], services.Keys.Select(static k => (string)k).Order(StringComparer.Ordinal));
        foreach (var name in new[] { "silo1", "silo2" })
        {
            var silo = Map(services, name);
            Assert.Equal("Orleans", Map(Map(silo, "build"), "args")["ENGINE"]);
            Assert.StartsWith("${CONCLUDE_SDK_IMAGE:?", (string)Map(Map(silo, "build"), "args")["SDK"], StringComparison.Ordinal);
            Assert.StartsWith("${CONCLUDE_RUNTIME_IMAGE:?", (string)Map(Map(silo, "build"), "args")["RUNTIME"], StringComparison.Ordinal);
            Assert.Equal("deploy/Dockerfile", Map(silo, "build")["dockerfile"]);
            Assert.Contains("Host=postgres", (string)Map(silo, "environment")["ConnectionStrings__Conclude"], StringComparison.Ordinal);
            // Else the silo would be killed while it drains.
            var drain = int.Parse((string)Map(silo, "environment")["Conclude__Shutdown__DrainSeconds"], CultureInfo.InvariantCulture);
            var grace = int.Parse(((string)silo["stop_grace_period"]).TrimEnd('s'), CultureInfo.InvariantCulture);
            Assert.True(grace >= drain + 10, $"{grace} s for a drain of {drain} s");
            Assert.Contains($"{name}:8080", (string)Map(Map(services, "proxy"), "environment")["CONCLUDE_SILOS"], StringComparison.Ordinal);
        }

        var network = (List<object>)Map(Map(Map(Compose(), "networks"), "inside"), "ipam")["config"];
        Assert.Equal(
            ((Dictionary<object, object>)network[0])["subnet"],
            Map(Map(services, "silo1"), "environment")["Conclude__TrustedProxies"]);
    }

    [Fact]
    public void The_image_runs_as_nobody_in_particular_and_publishes_with_its_arguments()
    {
        var lines = File.ReadAllLines(Deploy.File("Dockerfile"));
        Assert.Contains("USER 1654", lines);
        // From where images come is the operator's to say.
        Assert.Contains("ARG SDK", lines);
        Assert.Contains("ARG RUNTIME", lines);
        Assert.Contains("ARG ENGINE=Local", lines);
        Assert.Contains("ARG BLAZOR_SCRIPT=Runtime9", lines);
        Assert.Contains(lines, static l => l.StartsWith("HEALTHCHECK", StringComparison.Ordinal) && l.EndsWith("CMD [\"dotnet\", \"Conclude.Silo.dll\", \"ready\"]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_health_check_of_the_image_tells_a_host_that_is_ready_from_one_that_is_not()
    {
        await using var silo = await SiloProcess.Start(("Conclude__Shutdown__DrainSeconds", "30"));
        Assert.Equal(0, await Ready(silo.Address));
        // As the image sets it.
        Assert.Equal(0, await Ready(url: null, ("URLS", silo.Address.Replace("127.0.0.1", "+", StringComparison.Ordinal))));
        await silo.AskToStop();
        using HttpClient plain = new();
        while (true)
        {
            using var answer = await plain.GetAsync(silo.Address + "/health/ready", TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                break;
            }
        }

        Assert.Equal(1, await Ready(silo.Address));
        await silo.Terminate();
        Assert.Equal(1, await Ready(silo.Address));
    }

    private static async Task<int> Ready(string? url, params (string Name, string Value)[] settings)
    {
        ProcessStartInfo start = new("dotnet", [SiloProcess.Program, "ready", .. url is null ? Array.Empty<string>() : [url]])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Dictionary<object, object> Compose()
    {
        using StringReader text = new(File.ReadAllText(Deploy.File("compose.yaml")));
        // Merge keys (<<) are YAML 1.1 and need a parser that is asked for them.
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)));
    }

    private static Dictionary<object, object> Map(Dictionary<object, object> of, string name) => (Dictionary<object, object>)of[name];
}
