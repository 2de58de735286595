using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static System.FormattableString;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves that the page of a moment shows what the API counts, can be shared by its address, and moves while it is looked at.</summary>
[Collection(Timed.Name)]
public sealed class MomentTests(ChromiumFixture chromium)
{
    private const string Event = "report_exported";

    private static readonly string[] Figures = ["fires", "prompted", "seen", "comments", "positive", "neutral", "frustrated"];

    [Fact]
    public async Task Somebody_who_was_sent_a_view_sees_it_with_the_figures_of_the_api_and_live()
    {
        await using var silo = await SiloProcess.Start(("Conclude__RateLimit__Enabled", "false"));
        using (var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Event, question = "How was exporting this report?", followUp = "What got in your way?" }))
        {
            made.EnsureSuccessStatusCode();
        }

        using var widget = new HttpClient { BaseAddress = new Uri(silo.Address) };
        await Task.WhenAll(Enumerable.Range(0, 24).Select(person => Answer(widget, person, (person % 4) switch { 0 => "neutral", 1 => "frustrated", _ => "positive" })));

        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, TimezoneId = "Asia/Kolkata", ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.SignIn(silo);

        await page.GotoAsync($"{silo.Address}/moments/{Event}?range=7d&split=trait.plan&table=funnel");

        // What the address says.
        await Expect(page.Locator("[data-range='7d'][aria-pressed=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-testid=split] [data-group=pro][data-value='12']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-testid=funnel-table] [data-step=answered] td").First).ToHaveTextAsync("24");
        await Expect(page.GetByTestId("person-row")).ToHaveCountAsync(10);
        await FiguresAreThoseOfTheApi(page, silo);

        // The table holds what the chart shows; it is reached by keyboard, stands in the address, and back leads back.
        var chart = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('[data-testid=reactions] .plot:not(.shares) .col')]
              .map(c => [c.querySelector('.tip > b').textContent, ...[...c.querySelectorAll('.tip .num')].map(n => n.textContent)].join('|'))
            """);
        Assert.Equal(7, chart.Length);
        // What a page that is not live yet has disabled takes no focus.
        await Expect(page.Locator("[data-view=reactions-table]")).ToBeEnabledAsync();
        await page.Locator("[data-view=reactions-table]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("reactions-table")).ToBeVisibleAsync();
        var table = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('[data-testid=reactions-table] tbody tr')].map(r => [...r.cells].slice(0, 4).map(c => c.textContent).join('|')).reverse()
            """);
        Assert.Equal(chart, table);
        Assert.Contains("table=funnel,reactions", Uri.UnescapeDataString(page.Url), StringComparison.Ordinal);

        // Far down the page nothing jumps when a part of it shows something else: it is the same page still.
        await page.EvaluateAsync("document.querySelector('[data-testid=moment-report]').dataset.mark = 'same'");
        await page.Locator("[data-split=company]").ScrollIntoViewIfNeededAsync();
        var scrolled = await page.EvaluateAsync<int>("Math.round(scrollY)");
        await page.Locator("[data-split=company]").ClickAsync();
        await Expect(page.Locator("[data-testid=split] a.group").First).ToHaveTextAsync("Acme 0");
        Assert.Equal((true, scrolled), (scrolled > 0, await page.EvaluateAsync<int>("Math.round(scrollY)")));
        await Expect(page.GetByTestId("moment-report")).ToHaveAttributeAsync("data-mark", "same");
        Assert.Contains("company=co_", await page.Locator("[data-testid=split] a.group").First.GetAttributeAsync("href"), StringComparison.Ordinal);
        Assert.Empty((await page.RunAxe()).Violations.Select(static v => $"{v.Id}: {v.Nodes[0].Html}"));
        await page.Take("moment-tables");
        await page.GoBackAsync();
        await Expect(page.Locator("[data-testid=split] [data-group=pro]")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("[data-view=reactions-chart][aria-pressed=true]")).ToBeVisibleAsync();

        // An answer moves all of it, within a second of being given: the best of three, for other work on the machine makes one slow, and nothing makes one fast.
        var (answers, quickest) = (0, long.MaxValue);
        while (quickest > 1000 && answers < 3)
        {
            var moved = page.AppearanceOf(Invariant($"[data-testid=total-frustrated][data-value='{6 + ++answers}']"));
            var answered = await Answer(widget, 98 + (2 * answers), "frustrated");
            quickest = Math.Min(quickest, await moved - answered.ToUnixTimeMilliseconds());
        }

        Assert.InRange(quickest, 0, 1000);
        await Expect(page.Locator(Invariant($"[data-testid=split] [data-group=pro][data-value='{12 + answers}']"))).ToBeVisibleAsync();
        await Expect(page.GetByTestId("person-row").First).ToContainTextAsync(Invariant($"Person {98 + (2 * answers)}"));
        await Expect(page.GetByTestId("comments")).ToContainTextAsync("Comment of 100");
        await FiguresAreThoseOfTheApi(page, silo);

        // What was removed keeps what people said.
        using (var removed = await silo.Management.DeleteAsync($"/api/v1/moments/{Event}"))
        {
            removed.EnsureSuccessStatusCode();
        }

        await Expect(page.GetByText("its history is kept")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("total-frustrated")).ToHaveTextAsync(Invariant($"{6 + answers}"));
        await page.Locator("[data-range='24h']").ClickAsync();
        await Expect(page.GetByTestId("total-fires")).ToHaveTextAsync(Invariant($"{24 + answers}"));
        await Expect(page.GetByTestId("compared")).ToContainTextAsync("compared with");
    }

    private static async Task FiguresAreThoseOfTheApi(IPage page, SiloProcess silo)
    {
        var figures = page.GetByTestId("figures");
        var (from, to) = (await figures.GetAttributeAsync("data-from"), await figures.GetAttributeAsync("data-to"));
        var totals = (await silo.Get($"/api/v1/moments/{Event}/stats?from={from}&to={to}&interval=hour"))["totals"]!;
        foreach (var figure in Figures)
        {
            await Expect(page.GetByTestId("total-" + figure)).ToHaveTextAsync(totals[figure]!.ToString());
        }
    }

    /// <returns>When the answer was sent.</returns>
    private static async Task<DateTimeOffset> Answer(HttpClient widget, int person, string reaction)
    {
        var key = "?key=" + SiloProcess.PublishableKey;
        using var fired = await widget.PostAsJsonAsync("/api/v1/widget/events" + key, new
        {
            user = new
            {
                externalId = $"user-{person}",
                name = $"Person {person}",
                companies = new[] { new { id = $"co_{person % 3}", name = $"Acme {person % 3}" } },
                traits = new { plan = person % 2 == 0 ? "pro" : "free" },
            },
            context = new { url = "https://app.acme.com/reports", locale = "en-GB", device = "desktop" },
            events = new[] { new { id = Guid.CreateVersion7(), name = Event } },
        });
        var prompt = (string)(await fired.Content.ReadFromJsonAsync<JsonNode>())!["prompt"]!["id"]!;
        await Step("seen", new { view = "v" });
        var sent = TimeProvider.System.GetUtcNow();
        await Step("reaction", new { reaction });
        if (reaction != "positive")
        {
            await Step("comment", new { text = $"Comment of {person}" });
        }

        return sent;

        async Task Step(string step, object body)
        {
            using var answer = await widget.PostAsJsonAsync($"/api/v1/widget/prompts/{prompt}/{step}{key}", body);
            answer.EnsureSuccessStatusCode();
        }
    }
}
