using Conclude.Browser.Tests.Widget;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves what a person meets: one tap, one prompt over tabs, the keyboard, light and dark, no accessibility violation.</summary>
[Collection(Timed.Name)]
public sealed class PromptTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Positive_needs_one_tap_and_closes_with_a_short_thanks()
    {
        await using var stage = await Stage.Set(chromium);
        var page = await stage.OpenApp();
        await page.ClickAsync("#export");
        var prompt = page.Locator("conclude-prompt");
        await Expect(prompt.Locator("[data-reaction=positive]")).ToBeVisibleAsync();
        // Heard in the page itself: it thanks for a second and a half.
        var thanked = prompt.EvaluateAsync("""
            prompt => new Promise(thanked => {
              const look = () => prompt.shadowRoot.textContent.includes("Thank") && thanked();
              new MutationObserver(look).observe(prompt.shadowRoot, { subtree: true, childList: true, characterData: true });
            })
            """).Patient();
        await prompt.Locator("[data-reaction=positive]").ClickAsync();
        await thanked;
        await Expect(prompt).ToHaveCountAsync(0);
        await stage.TotalsAre("positive", 1);
    }

    [Fact]
    public async Task Two_open_tabs_ask_once()
    {
        await using var stage = await Stage.Set(chromium);
        var (first, second) = (await stage.OpenApp(), await stage.OpenApp());
        await Task.WhenAll(first.ClickAsync("#export"), second.ClickAsync("#export"));
        await stage.TotalsAre("seen", 1);
        await Patiently.Until(async () => await Prompts() == 1, static () => "Neither tab asks.");
        // Time enough for the other to ask as well, if it would.
        await first.WaitForTimeoutAsync(500);
        Assert.Equal(1, await Prompts());

        async Task<int> Prompts() => await first.Locator("conclude-prompt").CountAsync() + await second.Locator("conclude-prompt").CountAsync();
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var stage = await Stage.Set(chromium);
        var page = await stage.OpenApp();
        await page.FocusAsync("#export");
        await page.Keyboard.PressAsync("Enter");
        var prompt = page.Locator("conclude-prompt");
        await Expect(prompt.Locator("[data-reaction=neutral]")).ToBeVisibleAsync();
        Assert.Equal("export", await page.EvaluateAsync<string>("document.activeElement.id"));
        await prompt.Locator("[data-reaction=neutral]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(prompt.Locator("textarea[name=comment]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("fine, but slow");
        await prompt.Locator("[data-action=send]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await stage.TotalsAre("comments", 1);
    }

    [Fact]
    public async Task Escape_dismisses_and_the_next_event_does_not_ask()
    {
        await using var stage = await Stage.Set(chromium);
        var page = await stage.OpenApp();
        await page.ClickAsync("#export");
        var prompt = page.Locator("conclude-prompt");
        await prompt.Locator("[data-reaction=neutral]").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(prompt).ToHaveCountAsync(0);
        await stage.TotalsAre("dismissed", 1);
        await page.ClickAsync("#export");
        await stage.TotalsAre("fires", 2);
        await Expect(prompt).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 375)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 375)]
    public async Task No_state_has_an_accessibility_violation(ColorScheme scheme, int width)
    {
        await using var stage = await Stage.Set(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 720 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await stage.OpenApp();
        await page.KeepsQuestion();
        await page.ClickAsync("#export");
        var prompt = page.Locator("conclude-prompt");
        await Expect(prompt.Locator("[data-reaction=frustrated]")).ToBeVisibleAsync();
        await Check("question");
        await prompt.Locator("[data-reaction=frustrated]").ClickAsync();
        await Expect(prompt.Locator("textarea")).ToBeVisibleAsync();
        await Check("comment");

        async Task Check(string state)
        {
            await page.Take($"prompt-{state}-{scheme}-{width}".ToLowerInvariant());
            var violations = (await page.RunAxe()).Violations;
            Assert.True(violations.Length == 0, string.Join('\n', violations.Select(static v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Select(static n => n.Html))}")));
        }
    }
}
