using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves in a browser that what strangers write is text on every page that shows it, and turns nothing but itself around.</summary>
public sealed class HostileTextTests(ChromiumFixture chromium)
{
    private const string Markup = "<img src=x onerror=\"window.hostile=1\"><script>window.hostile=1</script>";

    /// <summary>Closes an isolate that somebody may have opened around it, then turns the rest of the line around.</summary>
    private const string Turning = "\u2069\u202e";

    /// <summary>
    /// A text with such a mark, and another one beside it in the same run of text: what is neither a block nor isolated belongs to the run
    /// of its parent.
    /// </summary>
    private const string Leaks = """
        () => {
          const runs = new Map();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.data.trim()) continue;
            let owner = node.parentElement;
            if (owner.closest("script, style, option, textarea, pre")) continue;
            for (;;) {
              const style = getComputedStyle(owner);
              if (style.display !== "inline" && style.display !== "contents" || /isolate|plaintext/.test(style.unicodeBidi)) break;
              owner = owner.parentElement;
            }
            runs.set(owner, [...(runs.get(owner) ?? []), node.data.trim()]);
          }
          const marked = [...runs.entries()].filter(([, texts]) => texts.some(t => t.includes("\u202e")));
          return JSON.stringify({ shown: marked.length, leaks: marked.filter(([, texts]) => texts.length > 1).map(([owner, texts]) => `${owner.outerHTML.slice(0, 200)}: ${texts.join(" | ")}`) });
        }
        """;

    [Fact]
    public async Task What_strangers_write_is_text_and_turns_nothing_but_itself_around()
    {
        await using var stage = await Stage.Set(chromium);
        var person = "person" + Turning;
        var name = "Ada" + Turning + Markup;
        await Answer(stage, person, name, "Acme" + Turning + Markup, "Slow" + Turning + Markup);
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(stage.Silo);
        var key = Uri.EscapeDataString("u:" + person);
        var company = Uri.EscapeDataString("Acme" + Turning + Markup);

        foreach (var address in new[]
        {
            "/responses", $"/responses?company={company}&q={Uri.EscapeDataString(Turning)}", $"/people/{key}", "/moments/report_exported?split=company&table=1", "/moments/report_exported", "/moments/observed", $"/settings/privacy?person={key}",
        })
        {
            await page.GotoAsync(stage.Silo.Address + address);
            await page.WaitForFunctionAsync($"() => JSON.parse(({Leaks})()).shown > 0");
            var told = JsonNode.Parse(await page.EvaluateAsync<string>(Leaks))!;
            Assert.True(told["leaks"]!.AsArray().Count == 0, $"{address}: {told["leaks"]}");
            Assert.Null(await page.EvaluateAsync<int?>("() => window.hostile ?? null"));
        }

        await page.GotoAsync(stage.Silo.Address + "/responses");
        await Expect(page.GetByTestId("response-person")).ToHaveTextAsync(name);
        await Expect(page.GetByTestId("response-comment")).ToHaveTextAsync("Slow" + Turning + Markup);
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    private static async Task Answer(Stage stage, string person, string name, string company, string comment)
    {
        using HttpClient widget = new();
        var fired = await Post("events", new
        {
            user = new { externalId = person, email = $"a{Turning}@acme.com", name, companies = new[] { new { id = "co" + Turning, name = company } }, traits = new { plan = "pro" + Turning } },
            context = new { url = "https://app.acme.com/reports/" + Turning },
            events = new[] { new { id = Guid.CreateVersion7(), name = "report_exported" } },
        });
        var prompt = $"prompts/{JsonNode.Parse(fired)!["prompt"]!["id"]}";
        await Post($"{prompt}/reaction", new { reaction = "frustrated" });
        await Post($"{prompt}/comment", new { text = comment });

        async Task<string> Post(string path, object body)
        {
            using var content = new StringContent(JsonSerializer.Serialize(body));
            using var answer = await widget.PostAsync($"{stage.Silo.Address}/api/v1/widget/{path}?key={SiloProcess.PublishableKey}", content);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, answer.StatusCode.ToString());
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
