using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves how the prompt behaves towards the person: keyboard, focus, voice, patience, dialogs, motion.</summary>
[Collection(WidgetCollection.Name)]
public sealed class MannersTests(ChromiumFixture chromium, WidgetServer server)
{
    /// <summary>What has the focus, looked for inside the prompt too.</summary>
    private const string Focused = """
        () => {
          const prompt = document.querySelector('conclude-prompt'), active = prompt?.shadowRoot.activeElement ?? document.activeElement;
          return active.dataset.reaction ?? active.dataset.action ?? (active.name || active.id || active.localName);
        }
        """;

    [Fact]
    public async Task The_keyboard_alone_goes_in_through_and_out_and_the_focus_returns()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        await page.FocusAsync("#export");
        await visit.Ask(page);
        Assert.Equal("export", await page.EvaluateAsync<string>(Focused));

        // Every control is on the way of Tab, and Shift+Tab leads back out.
        var way = new List<string>();
        for (var step = 0; step < 4; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            way.Add(await page.EvaluateAsync<string>(Focused));
        }

        Assert.Equal(["dismiss", "frustrated", "neutral", "positive"], way.Order(StringComparer.Ordinal));
        for (var step = 0; step < 4; step++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
        }

        Assert.Equal("export", await page.EvaluateAsync<string>(Focused));

        await Tab("neutral");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Prompt().Box()).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Fine, but slow");
        await Tab("send");
        await page.Keyboard.PressAsync("Enter");
        await visit.TotalIs("comments", 1);
        Assert.Equal("export", await page.EvaluateAsync<string>(Focused));
        visit.WasQuiet();

        async Task Tab(string to)
        {
            for (var step = 0; await page.EvaluateAsync<string>(Focused) != to; step++)
            {
                Assert.True(step < 8, $"Tab never comes to {to}.");
                await page.Keyboard.PressAsync("Tab");
            }
        }
    }

    [Theory]
    [InlineData("question")]
    [InlineData("comment")]
    [InlineData("page")]
    public async Task Escape_closes_and_gives_the_focus_back(string where)
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        await page.FocusAsync("#export");
        var prompt = await visit.Ask(page);
        if (where != "page")
        {
            await prompt.Face("neutral").FocusAsync();
        }

        if (where == "comment")
        {
            await page.Keyboard.PressAsync("Enter");
            await Expect(prompt.Box()).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(prompt).ToHaveCountAsync(0);
        Assert.Equal("export", await page.EvaluateAsync<string>(Focused));
        await visit.TotalIs("dismissed", where == "comment" ? 0 : 1);
    }

    [Fact]
    public async Task A_screen_reader_hears_the_question_politely_and_once()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open(clock: true);
        await visit.Ask(page);
        await page.Clock.RunForAsync(1_000);
        var tools = await visit.Person.NewCDPSessionAsync(page);
        var tree = (await tools.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray().Select(static n => n.GetRawText()).ToList();
        Assert.Contains(tree, static n => n.Contains("\"name\":\"live\",\"value\":{\"type\":\"token\",\"value\":\"polite\"}", StringComparison.Ordinal));
        Assert.DoesNotContain(tree, static n => n.Contains("\"value\":\"assertive\"", StringComparison.Ordinal) || n.Contains("\"value\":\"alert\"", StringComparison.Ordinal));
        Assert.Equal(1, await page.EvaluateAsync<int>("""
            () => [...document.querySelector('conclude-prompt').shadowRoot.querySelectorAll('[aria-live=polite],[role=status]')]
              .filter(region => region.textContent.includes('How was exporting this report?')).length
            """));
    }

    [Fact]
    public async Task It_goes_after_20_s_without_attention_and_never_under_the_pointer_or_the_focus()
    {
        // With a test key nothing cools down, so that one person can be asked again and again.
        await using var visit = await server.Visit(chromium, new() { Key = SiloProcess.TestKey });
        var page = await visit.Open(clock: true);
        await page.StopClock();
        await visit.Fire(page);
        var prompt = page.Prompt();
        await page.RunUntil(() => prompt.Face("positive").IsVisibleAsync(), "the prompt", step: 100);
        await page.Clock.RunForAsync(19_000);
        await Expect(prompt).ToHaveCountAsync(1);
        await page.Clock.RunForAsync(1_500);
        await Expect(prompt).ToHaveCountAsync(0);
        await visit.Gate.Saw("dismiss");

        // Here the clock may run as well: it goes later, or not at all.
        await page.Clock.ResumeAsync();
        await visit.Ask(page);
        await prompt.Face("neutral").HoverAsync();
        await page.Clock.RunForAsync(65_000);
        await Expect(prompt).ToHaveCountAsync(1);
        await page.Mouse.MoveAsync(1, 1);
        await page.Clock.RunForAsync(41_000);
        await Expect(prompt).ToHaveCountAsync(0);
        await visit.Gate.Saw("dismiss", 2);

        await visit.Ask(page);
        await prompt.Face("positive").FocusAsync();
        await page.Clock.RunForAsync(65_000);
        await Expect(prompt).ToHaveCountAsync(1);
        await page.FocusAsync("#export");
        await page.Clock.RunForAsync(41_000);
        await Expect(prompt).ToHaveCountAsync(0);
        visit.WasQuiet();
    }

    [Fact]
    public async Task It_gives_way_to_a_modal_dialog_and_comes_back()
    {
        await using var visit = await server.Visit(chromium, new()
        {
            Key = SiloProcess.TestKey,
            Body = """<main><h1>Reports</h1><button id="export">Export</button></main><dialog aria-label="Delete?"><button id="no">No</button></dialog>""",
        });
        var page = await visit.Open();
        var prompt = await visit.Ask(page);
        await Modal("showModal");
        await Expect(prompt.Face("positive")).ToBeHiddenAsync();
        await Modal("close");
        await Expect(prompt.Face("positive")).ToBeVisibleAsync();
        Assert.Empty(await page.OutOfReach());

        // A dialog that is no modal is not in the way.
        await Modal("show");
        await Expect(prompt.Face("positive")).ToBeVisibleAsync();
        await Modal("close");
        await prompt.Act("dismiss").ClickAsync();
        await visit.Gate.Saw("dismiss");

        // Opened before it came, by the page's own element, and taken out of the document instead of closed.
        await Modal("showModal");
        await visit.Fire(page);
        await visit.Gate.Saw("events", 2);
        await page.IsThrough(visit.Gate);
        await Expect(prompt.Face("positive")).ToBeHiddenAsync();
        await page.EvaluateAsync("() => document.querySelector('dialog').remove()");
        await Expect(prompt.Face("positive")).ToBeVisibleAsync();
        visit.WasQuiet();

        Task Modal(string call) => page.EvaluateAsync("call => document.querySelector('dialog')[call]()", call);
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(375, 667)]
    public async Task It_never_covers_what_has_the_focus(int width, int height)
    {
        const string Corner = "position:fixed;right:30px;bottom:30px;width:200px;height:40px";
        await using var visit = await server.Visit(chromium, new()
        {
            Body = $"""<main><h1>Reports</h1><button id="export">Export</button><input id="early" aria-label="Early" style="{Corner}"><input id="late" aria-label="Late" style="{Corner};bottom:90px"></main>""",
        }, new() { ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        var page = await visit.Open();
        await page.FocusAsync("#early");
        await visit.Ask(page);
        await Free();
        await page.FocusAsync("#late");
        await Free();
        await page.FocusAsync("#export");
        await Free();
        await Expect(page.Prompt().Face("positive")).ToBeVisibleAsync();
        Assert.Empty(await page.OutOfReach());

        // At once or a moment later: where it stands may follow the focus in the next frames. Out of sight covers nothing either.
        async Task Free()
        {
            string? covered = null;
            await Patiently.Until(async () => (covered = await page.EvaluateAsync<string?>(Covered)) is null, () => covered!);
        }
    }

    /// <summary>How the prompt lies over the element that has the focus; null when it does not.</summary>
    private const string Covered = """
        () => {
          const { activeElement } = document, mine = activeElement.getBoundingClientRect();
          const shown = [...document.querySelector('conclude-prompt').shadowRoot.querySelectorAll('*')].filter(element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
          const over = shown.map(element => element.getBoundingClientRect()).find(r => r.width && r.height && r.left < mine.right && r.right > mine.left && r.top < mine.bottom && r.bottom > mine.top);
          return over ? `#${activeElement.id} at ${[mine.left, mine.top, mine.right, mine.bottom].map(Math.round)} lies under ${[over.left, over.top, over.right, over.bottom].map(Math.round)}` : null;
        }
        """;

    [Theory]
    [InlineData(ReducedMotion.NoPreference)]
    [InlineData(ReducedMotion.Reduce)]
    public async Task Motion_is_short_or_none(ReducedMotion motion)
    {
        await using var visit = await server.Visit(chromium, options: new() { ReducedMotion = motion });
        var page = await visit.Open();
        // Asked in the frame in which the prompt comes, before anything can have ended.
        var motions = await page.EvaluateAsync<double[]>("""
            name => new Promise(resolve => {
              const look = () => {
                const root = document.querySelector('conclude-prompt')?.shadowRoot;
                root?.querySelector('button') ? resolve(root.getAnimations().map(animation => animation.effect.getComputedTiming().endTime)) : requestAnimationFrame(look);
              };
              Conclude.event(name);
              look();
            })
            """, visit.Event);
        Assert.All(motions, static milliseconds => Assert.InRange(milliseconds, 0, 300));
        if (motion == ReducedMotion.Reduce)
        {
            Assert.Empty(motions);
        }
    }

    [Fact]
    public async Task It_waits_its_delay_before_it_claims_the_lease()
    {
        await using var visit = await server.Visit(chromium, moment: new { delaySeconds = 5 });
        var page = await visit.Open(clock: true);
        await page.StopClock();
        await page.EvaluateAsync("() => { Conclude.on('prompt', () => { window.granted = true; }); }");
        await visit.Fire(page);
        await Patiently.Until(() => page.EvaluateAsync<bool>("() => window.granted === true"), static () => "No prompt is granted.");
        await page.Clock.RunForAsync(4_800);
        await page.IsThrough(visit.Gate);
        Assert.Empty(visit.Gate.Calls("seen"));
        await Expect(page.Prompt()).ToHaveCountAsync(0);
        await page.Clock.RunForAsync(400);
        await Expect(page.Prompt().Face("positive")).ToBeVisibleAsync();
        await visit.TotalIs("seen", 1);
    }
}
