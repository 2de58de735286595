using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves that no style of the page changes the prompt, that nothing lies over it or moves it, and that the page looks as before.</summary>
[Collection(WidgetCollection.Name)]
public sealed class HostStyleTests(ChromiumFixture chromium, WidgetServer server)
{
    private const string Tall = """<main style="height:3000px"><h1>Reports</h1><p>Text</p><button id="export">Export</button></main>""";

    private static readonly Dictionary<string, HostPage> Hostile = new(StringComparer.Ordinal)
    {
        ["Everything unset"] = Styled("* { all: unset !important }"),
        ["Everything squeezed"] = Styled("""
            *, *::before, *::after, div, section, button, svg, textarea { position: static !important; float: left !important; width: 3px !important; height: 3px !important; margin: 9px !important;
              overflow: hidden !important; opacity: .2 !important; filter: blur(2px) !important; transform: scale(.5) !important; visibility: hidden !important; pointer-events: none !important; clip-path: circle(1px) !important }
            """),
        ["Inherited looks"] = Styled("""
            html { font: italic 4px/0 serif; letter-spacing: 2em; word-spacing: 3em; text-transform: uppercase; text-align: right; text-indent: 5em; white-space: pre; color: red; cursor: none;
              user-select: none; visibility: visible; writing-mode: horizontal-tb; list-style: square; text-shadow: 0 0 9px red; -webkit-text-stroke: 2px red; -webkit-text-fill-color: red; color-scheme: dark }
            :root, * { --accent: red !important; --on: 0 !important; --color: red !important; --bg: red !important; --text: red !important }
            """),
        ["Names of ours"] = Styled("""
            section, .card, .prompt, .light, .dark, .auto, .bottom-right, [role=dialog], [data-reaction], [data-action], p, button, textarea, svg, path { display: none !important; color: red !important; fill: red !important }
            :not(:defined) { display: none !important }
            """),
        ["A transformed body that is scrolled"] = Styled("body { transform: translateZ(0); filter: saturate(1); perspective: 100px; will-change: transform; contain: paint }", Tall),
        ["A layer over everything"] = Styled("#bar { position: fixed; inset: auto 0 0; height: 700px; z-index: 2147483647; background: #eee8; pointer-events: auto }", Tall + """<div id="bar"></div>"""),
        ["A locked scroll"] = Styled("html, body { overflow: hidden; height: 100% } body { position: fixed; top: -300px; width: 100%; overscroll-behavior: none; touch-action: none }", Tall),
        ["A body that is a flex row"] = Styled("body { display: flex; gap: 40px; justify-content: space-between; align-items: stretch } body > * { flex: 1 1 0; padding: 20px; border: 3px solid }", """<main><h1>Reports</h1><button id="export">Export</button></main><aside>Side</aside>"""),
        ["A body that is a grid of a fixed height"] = Styled("body { display: grid; grid-template-columns: repeat(2, 1fr); grid-auto-rows: 120px; gap: 10px; margin: 0 } body > :last-of-type { outline: 1px solid }"),
        ["No doctype"] = new() { Doctype = "", Body = Tall },
    };

    [Fact]
    public async Task Neither_reaches_the_other()
    {
        await using var plain = await server.Visit(chromium);
        var usual = await plain.Open();
        var prompt = await plain.Ask(usual);
        var question = await usual.EvaluateAsync<string[]>(PromptLooks);
        await prompt.Face("neutral").ClickAsync();
        await Expect(prompt.Box()).ToBeFocusedAsync();
        var comment = await usual.EvaluateAsync<string[]>(PromptLooks);
        Assert.NotEqual(question, comment);
        await Together.Each(Hostile, static p => p.Key, hostile => Check(hostile.Value, question, comment));
    }

    private async Task Check(HostPage hostile, string[] question, string[] comment)
    {
        await using var visit = await server.Visit(chromium, hostile);
        var page = await visit.Open();
        await page.EvaluateAsync("() => scrollTo(0, 1500)");
        var before = await page.EvaluateAsync<string[]>(PageLooks);
        var prompt = await visit.Ask(page);
        Assert.Equal(before, await page.EvaluateAsync<string[]>(PageLooks));
        Assert.Empty(await page.OutOfReach());
        Assert.Equal(question, await page.EvaluateAsync<string[]>(PromptLooks));

        await prompt.Face("neutral").ClickAsync();
        await Expect(prompt.Box()).ToBeFocusedAsync();
        Assert.Empty(await page.OutOfReach());
        Assert.Equal(comment, await page.EvaluateAsync<string[]>(PromptLooks));
        visit.WasQuiet();
    }

    /// <summary>Of every element of the prompt: where it is and every computed style, once all motion is over.</summary>
    private const string PromptLooks = """
        async () => {
          const root = document.querySelector('conclude-prompt').shadowRoot, named = element => element.dataset.reaction ?? element.dataset.action ?? element.localName;
          await Promise.all(root.getAnimations().map(animation => animation.finished));
          root.activeElement?.blur();
          return [...root.querySelectorAll('*')].flatMap(element => {
            const { x, y, width, height } = element.getBoundingClientRect(), style = getComputedStyle(element);
            return [`${named(element)}: ${[x, y, width, height].map(Math.round)}`, ...[...style].filter(name => !name.startsWith('--')).map(name => `${named(element)} ${name}: ${style.getPropertyValue(name)}`)];
          });
        }
        """;

    /// <summary>Of every element of the page: where it is and how it is painted; and what styles and room the document has.</summary>
    private const string PageLooks = """
        () => [
          `${document.styleSheets.length} ${document.adoptedStyleSheets.length} ${document.documentElement.scrollWidth} ${document.documentElement.scrollHeight} ${scrollX} ${scrollY}`,
          ...[...document.querySelectorAll(':not(conclude-prompt)')].map(element => {
            const { x, y, width, height } = element.getBoundingClientRect(), { color, backgroundColor, font, display, outlineStyle, visibility } = getComputedStyle(element);
            return `${element.localName}#${element.id}: ${[x, y, width, height]} ${[color, backgroundColor, font, display, outlineStyle, visibility]}`;
          }),
        ]
        """;

    private static HostPage Styled(string css, string? body = null) => new() { Head = $"<style>{css}</style>", Body = body ?? new HostPage().Body };
}
