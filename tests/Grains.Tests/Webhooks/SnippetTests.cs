using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Conclude.Grains.Webhooks;

namespace Conclude.Grains.Tests.Webhooks;

/// <summary>Proves that the checks which docs/webhooks.md hands out accept what is signed here, and nothing else.</summary>
public sealed class SnippetTests
{
    private const string Body = """{"type":"webhook.test","data":{"message":"Grüße"}}""";
    private static readonly string Secret = WebhookSecrets.Generate();
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static (string Id, long At, string Body, string Header, bool Genuine)[] Cases { get; } =
    [
        ("msg", Now, Body, Header(Secret), true),
        ("msg", Now, Body, Header(WebhookSecrets.Generate(), Secret), true),
        ("msg", Now, Body, Header(WebhookSecrets.Generate()), false),
        ("other", Now, Body, Header(Secret), false),
        ("msg", Now, Body + " ", Header(Secret), false),
        ("msg", Now - 301, Body, Header(Secret), false),
    ];

    [Fact]
    public void In_CSharp()
    {
        Assert.Contains(Plain(Block("csharp")), Plain(Resource("SnippetTests.cs")), StringComparison.Ordinal);
        Assert.All(Cases, static c => Assert.Equal(
            c.Genuine, IsGenuine(Secret, c.Id, c.At.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(c.Body), c.Header)));
    }

    [Fact]
    public Task In_Node() => Run("node", "-e", Block("js") + "\nconst a = process.argv.slice(1);\nfor (let i = 1; i < a.length; i += 4) console.log(isGenuine(a[0], a[i], a[i + 1], Buffer.from(a[i + 2]), a[i + 3]));");

    [Fact]
    public Task In_Python() => Run("python3", "-c", Block("python") + "\nimport sys\na = sys.argv[1:]\nfor i in range(1, len(a), 4):\n    print(str(is_genuine(a[0], a[i], a[i + 1], a[i + 2].encode(), a[i + 3])).lower())");

    private static bool IsGenuine(string secret, string id, string timestamp, byte[] body, string header)
    {
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out var at) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - at) > 300) return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed);
        return header.Split(' ').Any(s => s.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(s["v1,".Length..]), expected));
    }

    private static async Task Run(string program, string option, string script)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false } };
        foreach (var argument in new[] { option, script, Secret }.Concat(Cases.SelectMany(static c => new[] { c.Id, c.At.ToString(CultureInfo.InvariantCulture), c.Body, c.Header })))
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip(program + " is missing");
        }

        var said = await process.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
        Assert.Equal(Cases.Select(static c => c.Genuine ? "true" : "false"), said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Header(params string[] secrets) => WebhookSecrets.Sign(secrets, "msg", Now, Encoding.UTF8.GetBytes(Body));

    private static string Block(string language) => Resource("webhooks.md").Split("```" + language + "\n")[1].Split("\n```")[0];

    private static string Plain(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SnippetTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
