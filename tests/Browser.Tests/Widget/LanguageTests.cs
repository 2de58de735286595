using System.Globalization;
using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves that question and words are in the page's language, and written in its direction.</summary>
[Collection(WidgetCollection.Name)]
public sealed class LanguageTests(ChromiumFixture chromium, WidgetServer server)
{
    private static readonly object Moment = new
    {
        question = "How was exporting?",
        followUp = "What got in your way?",
        translations = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["de"] = new { question = "Wie war der Export?", followUp = "Was war im Weg?" },
            ["fr"] = new { question = "Comment s’est passé l’export ?", followUp = "Qu’est-ce qui a gêné ?" },
            ["es"] = new { question = "¿Qué tal la exportación?", followUp = "¿Qué estorbó?" },
            ["ja"] = new { question = "エクスポートはいかがでしたか？", followUp = "何が邪魔でしたか？" },
            ["ar"] = new { question = "كيف كان تصدير التقرير؟", followUp = "ما الذي أعاقك؟" },
        },
    };

    private static readonly (string Page, string Language, string Question)[] Pages =
    [
        ("en-GB", "en", "How was exporting?"),
        ("de-AT", "de", "Wie war der Export?"),
        ("fr", "fr", "Comment s’est passé l’export ?"),
        ("es-MX", "es", "¿Qué tal la exportación?"),
        ("ja", "ja", "エクスポートはいかがでしたか？"),
        ("ar-EG", "ar", "كيف كان تصدير التقرير؟"),

        // A language that nobody has written: the moment's own question, and English words.
        ("pt-BR", "en", "How was exporting?"),
    ];

    [Fact]
    public Task Question_and_words_are_in_the_language_of_the_page() => Together.Each(Pages, static p => p.Page, p => Check(p.Page, p.Language, p.Question));

    private async Task Check(string pageLanguage, string language, string question)
    {
        // The page's language is not the browser's.
        await using var visit = await server.Visit(chromium, new() { Lang = pageLanguage }, new() { Locale = "it-IT" }, Moment);
        var page = await visit.Open();
        var prompt = await visit.Ask(page);
        await Expect(prompt).ToContainTextAsync(question);
        var said = string.Join('|', await Task.WhenAll(new[] { "positive", "neutral", "frustrated" }.Select(face => prompt.Face(face).InnerTextAsync())));
        var close = await prompt.Act("dismiss").GetAttributeAsync("aria-label") ?? await prompt.Act("dismiss").InnerTextAsync();
        Assert.Equal((language, language == "ar" ? "rtl" : "ltr"), await Told());

        await prompt.Face("frustrated").ClickAsync();
        await Expect(prompt.Box()).ToBeVisibleAsync();
        var followUp = (string)System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Moment))!["translations"]?[language]?["followUp"]! ?? "What got in your way?";
        await Expect(prompt).ToContainTextAsync(followUp);
        var send = await prompt.Act("send").InnerTextAsync();
        await prompt.Box().FillAsync(followUp);
        await page.KeepsThanks();
        await prompt.Act("send").ClickAsync();
        await visit.TotalIs("comments", 1);
        var thanks = (await prompt.EvaluateAsync<string>("host => host.shadowRoot.textContent")).Trim();

        var words = string.Create(CultureInfo.InvariantCulture, $"{said} {close} {send} {thanks}");
        Assert.Equal(3, said.Split('|').Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(said.Split('|').Append(close).Append(send).Append(thanks), string.IsNullOrWhiteSpace);
        if (language == "en")
        {
            Assert.Equal("Positive|Neutral|Frustrated Close Send Thank you!", words);
        }
        else
        {
            Assert.DoesNotContain(["Positive", "Frustrated", "Close", "Send", "Thank"], word => words.Split('|', ' ').Contains(word, StringComparer.Ordinal));
        }

        Assert.Equal(language == "ja", words.Any(static c => c is >= '\u3040' and <= '\u30ff'));
        Assert.Equal(language == "ar", words.Any(static c => c is >= '\u0600' and <= '\u06ff'));
        visit.WasQuiet();

        // Read aloud and laid out as what it is, whatever the page is.
        async Task<(string, string)> Told() => (
            (await prompt.Face("positive").EvaluateAsync<string>("""
                button => { let node = button; while (node && !node.lang) node = node.parentElement ?? node.getRootNode().host; return node.lang }
                """))[..2],
            await prompt.Face("positive").EvaluateAsync<string>("button => getComputedStyle(button).direction"));
    }
}
