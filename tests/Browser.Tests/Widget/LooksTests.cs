using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves that the prompt stands where it should, fits, can be read and has no accessibility violation; and takes the pictures.</summary>
[Collection(WidgetCollection.Name)]
public sealed class LooksTests(ChromiumFixture chromium, WidgetServer server)
{
    private static readonly object Arabic = new
    {
        question = "كيف كان تصدير التقرير؟",
        followUp = "ما الذي أعاقك؟",
        translations = new Dictionary<string, object>(StringComparer.Ordinal) { ["ar"] = new { question = "كيف كان تصدير التقرير؟", followUp = "ما الذي أعاقك؟" } },
    };

    /// <summary>What the other tests do not see: right to left, thanks, forced colours; and of each scheme and width pictures.</summary>
    private static readonly (ColorScheme Scheme, int Width, string Lang, ForcedColors Forced)[] Appearances =
    [
        .. from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
           from width in new[] { 1280, 375 }
           from lang in new[] { "ar", "en" }
           select (scheme, width, lang, ForcedColors.None),
        (ColorScheme.Light, 1280, "en", ForcedColors.Active),
        (ColorScheme.Dark, 375, "en", ForcedColors.Active),
    ];

    [Fact]
    public Task Every_state_is_accessible_and_within_reach() => Together.Each(Appearances, static a => a.ToString(), a => Check(a.Scheme, a.Width, a.Lang, a.Forced));

    private async Task Check(ColorScheme scheme, int width, string lang, ForcedColors forced)
    {
        // Each scheme at one of the widths: the colours are the same at the other.
        var audited = scheme == ColorScheme.Light == (width == 1280);
        var rtl = lang == "ar";
        await using var visit = await server.Visit(
            chromium,
            new() { Lang = lang, Dir = rtl ? "rtl" : "ltr", Head = "<style>:root { color-scheme: light dark; font: 16px system-ui }</style>" },
            new() { ColorScheme = scheme, ForcedColors = forced, ViewportSize = new() { Width = width, Height = 720 }, ReducedMotion = ReducedMotion.Reduce },
            rtl ? Arabic : new { followUp = "What got in your way?" });
        var page = await visit.Open();
        await page.KeepsQuestion();
        var prompt = await visit.Ask(page);
        var name = $"widget-{lang}-{scheme}-{width}{(forced == ForcedColors.Active ? "-forced" : "")}".ToLowerInvariant();
        await Look("question");
        await prompt.Face("frustrated").ClickAsync();
        await Expect(prompt.Box()).ToBeVisibleAsync();
        await prompt.Box().FillAsync(rtl ? "الملف فارغ" : "The file was empty.");
        await Look("comment");
        await page.KeepsThanks();
        await prompt.Act("send").ClickAsync();
        await Expect(prompt.Act("send")).ToHaveCountAsync(0);
        await Look("thanks");

        async Task Look(string state)
        {
            await page.Take($"{name}-{state}");
            Assert.Empty(await page.OutOfReach());
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            if (audited)
            {
                var violations = (await page.RunAxe()).Violations;
                Assert.True(violations.Length == 0, $"{name} {state}\n" + string.Join('\n', violations.Select(static v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Select(static n => n.Html))}")));
            }
        }
    }

    private static readonly (string Placement, int Width, int Height)[] Places =
    [
        ("bottom-right", 1280, 720),
        ("bottom-left", 1280, 720),
        ("top-right", 1280, 720),
        ("top-left", 1280, 720),
        ("top-left", 375, 667),
        ("bottom-right", 320, 568),

        // 1280 × 720 at 200 % and at 400 %.
        ("bottom-right", 640, 360),
        ("bottom-right", 320, 180),
    ];

    [Fact]
    public Task It_stands_in_its_corner_or_as_a_sheet_and_fits() => Together.Each(Places, static p => p.ToString(), p => Stands(p.Placement, p.Width, p.Height));

    private async Task Stands(string placement, int width, int height)
    {
        var question = new { question = "How was exporting this report to a spreadsheet, all things considered and without any hurry?", followUp = "What got in your way?" };
        await using var visit = await server.Visit(
            chromium, new() { Attributes = $"""data-placement="{placement}" """ },
            new() { ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = 2, ReducedMotion = ReducedMotion.Reduce }, question);
        var page = await visit.Open();
        var prompt = await visit.Ask(page);
        var card = await Card();
        if (width < 480)
        {
            Assert.Equal((0, width, height), (card[0], card[2], card[3]));
        }
        else
        {
            Assert.InRange(card[2] - card[0], 280, 420);
            Assert.InRange(placement.EndsWith("right", StringComparison.Ordinal) ? width - card[2] : card[0], 8, 32);
            Assert.InRange(placement.StartsWith("bottom", StringComparison.Ordinal) ? height - card[3] : card[1], 8, 32);
        }

        await Fits("question");
        await prompt.Face("frustrated").ClickAsync();
        await Expect(prompt.Box()).ToBeFocusedAsync();
        await Fits("comment");

        // Where the window is lower than the card, it scrolls; all can be scrolled to, and none is cut off sideways.
        async Task Fits(string state)
        {
            if (width < 700)
            {
                await page.Take($"widget-{width}x{height}-{state}");
            }

            var now = await Card();
            Assert.True(now[0] >= 0 && now[1] >= 0 && now[2] <= width && now[3] <= height, string.Join(' ', now));
            foreach (var control in await prompt.Locator("button, textarea").AllAsync())
            {
                await control.ScrollIntoViewIfNeededAsync();
                var box = (await control.BoundingBoxAsync())!;
                Assert.True(box.X >= 0 && box.X + box.Width <= width && box.Y + box.Height > 0 && box.Y < height, $"{state}: {box.X},{box.Y} {box.Width}x{box.Height}");
                Assert.InRange(Math.Min(box.Width, box.Height), 24, 1000);
            }
        }

        Task<int[]> Card() => prompt.Act("dismiss").EvaluateAsync<int[]>("""
            button => {
              let card = button;
              while (card.parentElement && getComputedStyle(card).position !== 'fixed') card = card.parentElement;
              if (getComputedStyle(card).position !== 'fixed') card = card.getRootNode().host;
              const { left, top, right, bottom } = card.getBoundingClientRect();
              return [left, top, right, bottom].map(Math.round);
            }
            """);
    }

    [Fact]
    public async Task Words_on_any_accent_have_enough_contrast()
    {
        (string Accent, string Mode)[] themes = [("#ffff00", "light"), ("#767676", "dark"), ("#ff6600", "light"), ("#000000", "dark")];
        try
        {
            foreach (var (accent, mode) in themes)
            {
                await server.Set(new { theme = new { accent, mode, placement = "bottom-right" } });
                await using var visit = await server.Visit(chromium, options: new() { ColorScheme = mode == "light" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
                var prompt = await visit.Ask(await visit.Open());
                Assert.Equal(mode == "dark", await prompt.Face("positive").EvaluateAsync<bool>(Dark));
                await prompt.Face("neutral").ClickAsync();
                await prompt.Box().FillAsync("x");
                Assert.True(await prompt.Act("send").EvaluateAsync<double>(Contrast) >= 4.5, $"{accent} {mode}");
            }
        }
        finally
        {
            await server.Set(new { theme = new { accent = "#4f46e5", mode = "auto", placement = "bottom-right" } });
        }
    }

    /// <summary>Is the card behind a button dark?</summary>
    private const string Dark = """
        button => {
          for (let node = button; node; node = node.parentElement ?? node.getRootNode().host) {
            const [r, g, b, a = 1] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g).map(Number);
            if (a > .5) return r + g + b < 384;
          }
        }
        """;

    /// <summary>Between the words and the ground of a button, by WCAG 2, as the browser has painted them: a canvas says what any notation of a colour is.</summary>
    private const string Contrast = """
        button => {
          const paint = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const luminance = colour => {
            paint.fillStyle = colour;
            paint.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          const { color, backgroundColor } = getComputedStyle(button), [a, b] = [color, backgroundColor].map(luminance);
          return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        }
        """;
}
