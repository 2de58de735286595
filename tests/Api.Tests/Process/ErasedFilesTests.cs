using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Conclude.Testing.Webhooks;
using Npgsql;

namespace Conclude.Api.Tests.Process;

/// <summary>A person of a real host is erased: no byte of its files, and no line of a dump of its database, holds anything of theirs a minute later.</summary>
public sealed class ErasedFilesTests
{
    private const string Moment = "report_exported";
    private const string Mark = "zq7x";
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(1);

    private static readonly object Person = new
    {
        externalId = Mark + "-external",
        anonymousId = Mark + "-browser",
        email = Mark + "@mail.example",
        name = "Žofie " + Mark + " \"Zoë\"",
        companies = new[] { new { id = Mark + "-co", name = "Häuser & " + Mark, monthlySpend = 7321 } },
        traits = new Dictionary<string, object>(StringComparer.Ordinal) { ["plan"] = Mark + "-trait", [Mark + "_key"] = true },
    };

    /// <summary>Each is found before the erasure, so that a search that finds nothing afterwards means something.</summary>
    private static readonly string[] Values =
    [
        Mark + "-external", Mark + "-browser", Mark + "-guest", Mark + "@mail.example", "Žofie " + Mark, Mark + "-co", "Häuser & " + Mark, Mark + "-trait", Mark + "_key",
        Mark + "-page", Mark + "-query", Mark + "-view", Mark + "-comment: très lent",
    ];

    [Fact]
    public async Task No_file_of_the_data_directory_holds_anything_of_them()
    {
        await using var silo = await SiloProcess.Start(("Conclude__Webhooks__AllowPrivate", "true"), ("Conclude__Webhooks__AllowHttp", "true"));
        var totals = await Live(silo, () => Files(silo.Data));

        await Erase(silo);

        await Gone(() => Files(silo.Data));
        Assert.Equal(totals, await Totals(silo));
        // Nor does what a host writes when it ends and begins bring anything back.
        await silo.Terminate();
        Nothing(Files(silo.Data));
        await silo.Run();
        Nothing(Files(silo.Data));
        Assert.Equal(totals, await Totals(silo));
        await silo.Terminate();
        var (agrees, said) = await VerifyProcess.Run(silo.Data.FullName, "");
        Assert.True(agrees == 0, said);
    }

    [Fact]
    public async Task No_line_of_a_dump_of_the_database_holds_anything_of_them()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var silo = await SiloProcess.Start(
            ("ConnectionStrings__Conclude", database), ("Conclude__Webhooks__AllowPrivate", "true"), ("Conclude__Webhooks__AllowHttp", "true"));
        var totals = await Live(silo, () => Dump(database));

        await Erase(silo);

        await Gone(() => Dump(database));
        await Gone(() => Files(silo.Data));
        Assert.Equal(totals, await Totals(silo));
        await silo.Terminate();
        var (agrees, said) = await VerifyProcess.Run(silo.Data.FullName, database);
        Assert.True(agrees == 0, said);
    }

    /// <summary>Two people live for a while, and webhooks are told of it: one takes it, one is gone, one fails and is tried again.</summary>
    /// <returns>The totals.</returns>
    private static async Task<string> Live(SiloProcess silo, Func<byte[]> bytes)
    {
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?", followUp = "What was slow?", cooldownHours = 0 });
        made.EnsureSuccessStatusCode();
        await using var takes = await WebhookReceiver.Start();
        await using var gone = await WebhookReceiver.Start();
        gone.Answer = static _ => 410;
        await using var fails = await WebhookReceiver.Start();
        fails.Answer = static _ => 500;
        foreach (var receiver in (WebhookReceiver[])[takes, gone, fails])
        {
            using var added = await silo.Management.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Url, events = new[] { "reaction.created", "comment.created" } });
            added.EnsureSuccessStatusCode();
        }

        await Fire(silo, new { anonymousId = Mark + "-browser" }, "page_viewed");
        await Answer(silo, Person);
        await Fire(silo, Person, "page_viewed");
        await Fire(silo, Person, "page_viewed", SiloProcess.TestKey);
        await Answer(silo, new { anonymousId = Mark + "-guest" });
        await Answer(silo, new { externalId = "bystander", email = "by@stander.example" });
        await takes.Get(6);
        await gone.Get(1);
        await fails.Get(6);
        await Soon(async () => (await Deliveries(silo)).Distinct().Order(StringComparer.Ordinal).SequenceEqual(["delivered", "failed", "pending"]), Promised);
        Assert.All(Values, value => Assert.True(Contains(bytes(), value), $"'{value}' was nowhere even before."));
        return await Totals(silo);
    }

    private static async Task Erase(SiloProcess silo)
    {
        foreach (var path in (string[])["users/" + Mark + "-external", "browsers/" + Mark + "-guest"])
        {
            using var erased = await silo.Management.DeleteAsync("/api/v1/" + path);
            Assert.Contains(erased.StatusCode, (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.Accepted]);
        }

        // The browser goes on without saying who it is: it is somebody new.
        await Fire(silo, new { anonymousId = "somebody-new" }, Moment);
    }

    private static Task Gone(Func<byte[]> bytes) => Soon(() => Task.FromResult(!Traces(bytes()).Any()), Promised, () => string.Join('\n', Traces(bytes())));

    private static void Nothing(byte[] bytes) => Assert.Empty(Traces(bytes));

    private static IEnumerable<string> Traces(byte[] bytes) => Values.Append(Mark).Where(value => Contains(bytes, value));

    /// <summary>As UTF-8, as UTF-16 of either order, with JSON's escapes, with a URL's, and in the ways that hide it from a reader but not from whoever tries: base64, SHA-256.</summary>
    private static bool Contains(byte[] bytes, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        var hash = SHA256.HashData(utf8);
        return ((byte[][])
        [
            utf8, Encoding.Unicode.GetBytes(value), Encoding.BigEndianUnicode.GetBytes(value),
            Encoding.UTF8.GetBytes(JsonEncodedText.Encode(value).ToString()), Encoding.UTF8.GetBytes(JsonEncodedText.Encode(value).ToString().ToLowerInvariant()),
            Encoding.UTF8.GetBytes(Uri.EscapeDataString(value)), Encoding.UTF8.GetBytes(Convert.ToBase64String(utf8).TrimEnd('=')),
            hash, Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hash)), Encoding.UTF8.GetBytes(Convert.ToHexString(hash)), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(utf8)),
        ]).Any(form => bytes.AsSpan().IndexOf(form) >= 0);
    }

    private static byte[] Files(DirectoryInfo folder) =>
    [
        // The lock file is its host's alone, and empty.
        .. folder.GetFiles("*", SearchOption.AllDirectories).Where(static file => file.Length > 0).SelectMany(static file =>
        {
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            return copy.ToArray();
        }),
    ];

    private static byte[] Dump(string database)
    {
        NpgsqlConnectionStringBuilder at = new(database);
        using var dump = System.Diagnostics.Process.Start(new ProcessStartInfo(PostgresServer.Binary("pg_dump"), ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, "--inserts", at.Database!])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using MemoryStream text = new();
        dump.StandardOutput.BaseStream.CopyTo(text);
        dump.WaitForExit();
        Assert.Equal(0, dump.ExitCode);
        return text.ToArray();
    }

    private static async Task Answer(SiloProcess silo, object user)
    {
        var mine = IsTheirs(user) ? Mark : "other";
        var prompt = (string)(await Fire(silo, user, Moment))["prompt"]!["id"]!;
        await Step(silo, prompt, "seen", new { view = mine + "-view" });
        await Step(silo, prompt, "reaction", new { reaction = "frustrated" });
        await Step(silo, prompt, "comment", new { text = mine + "-comment: très lent" });
    }

    private static bool IsTheirs(object user) => user.ToString()!.Contains(Mark, StringComparison.Ordinal);

    private static async Task<JsonNode> Fire(SiloProcess silo, object user, string name, string key = SiloProcess.PublishableKey)
    {
        var page = IsTheirs(user) ? $"{Mark}-page?q={Mark}-query" : "reports";
        using HttpClient browser = new();
        using var answer = await browser.PostAsJsonAsync(
            $"{silo.Address}/api/v1/widget/events?key={key}",
            new { user, context = new { url = "https://app.example/" + page, locale = "fr-FR", device = "desktop" }, events = new[] { new { id = Guid.CreateVersion7(), name } } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task Step(SiloProcess silo, string prompt, string step, object body)
    {
        using HttpClient page = new();
        using var answer = await page.PostAsJsonAsync($"{silo.Address}/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> Deliveries(SiloProcess silo)
    {
        List<string> states = [];
        foreach (var webhook in (await silo.Get("/api/v1/webhooks"))["items"]!.AsArray())
        {
            states.AddRange((await silo.Get($"/api/v1/webhooks/{webhook!["id"]}/deliveries?limit=50"))["items"]!.AsArray().Select(static d => (string)d!["status"]!));
        }

        return states;
    }

    /// <summary>But for the fires of whoever came after.</summary>
    private static async Task<string> Totals(SiloProcess silo)
    {
        var totals = (await silo.Get("/api/v1/moments/" + Moment))["totals"]!;
        return $"{totals["seen"]} {totals["frustrated"]} {totals["comments"]} " + string.Join(' ', (await silo.Get("/api/v1/observed-events"))["items"]!.AsArray()
            .Where(static i => (string)i!["name"]! != Moment).Select(static i => $"{i!["name"]} {i["count"]}"));
    }

    private static async Task Soon(Func<Task<bool>> holds, TimeSpan patience, Func<string>? why = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < patience, why?.Invoke() ?? "It did not come to hold.");
            await Task.Delay(100);
        }
    }
}
