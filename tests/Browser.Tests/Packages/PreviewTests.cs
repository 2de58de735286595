using System.Collections.Concurrent;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Packages;

/// <summary>Proves that the drawer previews the real widget as one types, in a frame that can reach nothing and takes no focus.</summary>
[Collection(PackagesCollection.Name)]
public sealed class PreviewTests(ChromiumFixture chromium, PackagesHost host)
{
    [Fact]
    public async Task The_drawer_shows_the_real_prompt_as_it_is_written()
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        var trouble = new ConcurrentQueue<string>();
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
            {
                trouble.Enqueue(line.Text);
            }
        };
        page.PageError += (_, error) => trouble.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/", StringComparison.Ordinal))
            {
                trouble.Enqueue("asked " + request.Url);
            }
        };
        await page.SignIn(host.Silo);
        await page.GetByTestId("new-moment").First.ClickAsync();
        var drawer = page.GetByTestId("moment-drawer");
        var frame = drawer.FrameLocator("iframe");
        var prompt = frame.Locator("conclude-prompt");
        await Expect(prompt).ToContainTextAsync("How was that?");

        // As one types, and the focus stays where one types.
        await drawer.Locator("[name=question]").PressSequentiallyAsync("How was the export?");
        await Expect(prompt).ToContainTextAsync("How was the export?");
        await Expect(prompt).ToHaveCountAsync(1);
        await Expect(prompt.Locator("[data-reaction=positive]")).ToBeInViewportAsync();
        await page.Take("preview-question-light-1280");
        await drawer.Locator("[name=followUp]").PressSequentiallyAsync("What was slow?");
        await Expect(prompt).ToContainTextAsync("What was slow?");
        await Expect(prompt.Locator("textarea")).ToBeInViewportAsync();
        await Expect(drawer.Locator("[name=followUp]")).ToBeFocusedAsync();
        await Expect(drawer.Locator("[name=followUp]")).ToHaveValueAsync("What was slow?");
        await page.Take("preview-follow-up-light-1280");

        // It can be tried, and is there again.
        await prompt.Locator("textarea").FillAsync("Everything");
        // Heard in the frame itself: it thanks for a second and a half.
        var thanked = prompt.EvaluateAsync("""
            prompt => new Promise(thanked => {
              const look = () => prompt.shadowRoot.textContent.includes("Thank") && thanked();
              new MutationObserver(look).observe(prompt.shadowRoot, { subtree: true, childList: true, characterData: true });
            })
            """).Patient();
        await prompt.Locator("[data-action=send]").ClickAsync();
        await thanked;
        await Expect(prompt.Locator("[data-reaction=positive]")).ToBeVisibleAsync();

        // On other pages, from other screens.
        await drawer.Locator("[data-look=phone]").ClickAsync();
        var width = 0;
        await Patiently.Until(async () => (width = await frame.Locator("html").EvaluateAsync<int>("() => innerWidth")) <= 320, () => $"A phone of {width} pixels.");
        await Expect(prompt.Locator("[data-reaction=positive]")).ToBeInViewportAsync();
        await page.Take("preview-phone-light-1280");
        await drawer.Locator("[data-look=dark]").ClickAsync();
        await Expect(frame.Locator("html")).ToHaveAttributeAsync("data-dark", "");
        await page.Take("preview-dark-light-1280");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Resize(375, 800);
        await drawer.GetByTestId("preview").ScrollIntoViewIfNeededAsync();
        await Expect(prompt.Locator("[data-reaction=positive]")).ToBeInViewportAsync();
        await page.Take("preview-dark-dark-375");

        // Without an origin of ours the frame has neither storage nor cookies.
        Assert.Equal("null", await frame.Locator("html").EvaluateAsync<string>("() => self.origin"));
        Assert.Empty(trouble);

        // It reads style sheets by itself, which the frame's policy forbids.
        var violations = (await drawer.RunAxe()).Violations;
        Assert.True(violations.Length == 0, string.Join('\n', violations.Select(static v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Select(static n => n.Html))}")));
    }
}
