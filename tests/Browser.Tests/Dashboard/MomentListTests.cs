using System.Net.Http.Json;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves that one of two hundred moments is found, put in order, shared by its address, and moves alone.</summary>
[Collection(Timed.Name)]
public sealed class MomentListTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Among_two_hundred_moments_one_is_found_and_only_its_row_moves()
    {
        var browser = chromium.Browser;
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__RateLimit__Enabled", "false")));
        for (var i = 0; i < 200; i++)
        {
            using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = $"moment_{i:D3}", question = i == 77 ? "How was the quince?" : "How was it?" });
            made.EnsureSuccessStatusCode();
        }

        await silo.Fire("ada", "moment_120", "moment_120", "moment_120", "moment_005");
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var frames = new List<int>();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (frames)
            {
                frames.Add(frame.Binary?.Length ?? 0);
            }
        };
        await page.SignIn(silo);
        var rows = page.GetByTestId("moment-row");
        await Expect(rows).ToHaveCountAsync(200);

        // By keyboard, most fires first; the address says so to whoever is sent it.
        await page.Locator("[data-sort=fires]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Fires");
        await Expect(rows.First).ToHaveAttributeAsync("data-event", "moment_120");
        await page.Locator("[name=q]").PressSequentiallyAsync("quince");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToHaveAttributeAsync("data-event", "moment_077");
        await page.WaitForURLAsync("**/moments?desc=true&q=quince&sort=fires");
        await Expect(page.Locator("[name=q]")).ToHaveValueAsync("quince");
        await page.GotoAsync(silo.Address + "/moments?desc=true&q=moment_12&sort=fires");
        await Expect(rows).ToHaveCountAsync(10);
        await Expect(rows.First).ToHaveAttributeAsync("data-event", "moment_120");
        await page.Locator("[name=q]").FillAsync("");
        await Expect(rows).ToHaveCountAsync(200);
        await Expect(page.Row("moment-row", "moment_120").GetByRole(AriaRole.Img, new() { Name = "0 fires in the 29 days before today" })).ToBeVisibleAsync();

        // One fires: of two hundred rows one is touched, and what is sent is small.
        await page.EvaluateAsync("""
            () => {
              window.touched = new Set();
              new MutationObserver(all => all.forEach(m => window.touched.add((m.target.closest ?? m.target.parentElement.closest).call(m.target.closest ? m.target : m.target.parentElement, "tr")?.dataset.event)))
                .observe(document.querySelector(".moments tbody"), { subtree: true, childList: true, attributes: true, characterData: true });
            }
            """);
        lock (frames)
        {
            frames.Clear();
        }

        await silo.Fire("grace", "moment_120");
        await page.Row("moment-row", "moment_120").ShowsCount("moment-fires", 4);
        Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "moment_120", "moment_005" }, (await page.EvaluateAsync<string[]>("[...window.touched].filter(Boolean)")).ToHashSet(StringComparer.Ordinal));
        lock (frames)
        {
            Assert.True(frames.Max() < 4_000, string.Join(" ", frames));
        }

        // What can be done with it is behind its menu.
        await page.Row("moment-row", "moment_120").GetByTestId("row-menu").ClickAsync();
        await page.GetByTestId("duplicate-moment").ClickAsync();
        var drawer = page.GetByTestId("moment-drawer");
        await Expect(drawer.Locator("[name=event]")).ToHaveValueAsync("");
        await Expect(drawer.Locator("[name=question]")).ToHaveValueAsync("How was it?");
    }
}
