using Conclude.Testing;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves, through a network that fails, that everything is counted once and asked once.</summary>
[Collection(WidgetCollection.Name)]
public sealed class DeliveryTests(ChromiumFixture chromium, WidgetServer server)
{
    [Fact]
    public async Task A_503_is_left_alone_for_as_long_as_it_said_and_then_the_same_event_asks()
    {
        await using var visit = await server.Visit(chromium);
        visit.Gate.Faults = static call => call == "events" ? Fault.Unavailable : Fault.None;
        var page = await visit.Open(clock: true);
        await page.StopClock();
        await visit.Fire(page);
        await visit.Gate.Saw("events");
        // What it has not heard yet it cannot obey.
        await page.IsThrough(visit.Gate);
        // Another event, a hidden tab or a closed one is no reason to come back sooner.
        await page.Fire("other");
        await page.EvaluateAsync("() => dispatchEvent(new Event('pagehide'))");
        await page.Clock.RunForAsync(9_000);
        await page.IsThrough(visit.Gate);
        Assert.Single(visit.Gate.Calls("events"));

        visit.Gate.Faults = static _ => Fault.None;
        await page.RunUntil(async () => await page.Prompt().CountAsync() > 0, "the prompt");
        Assert.Single(visit.Gate.Calls("events").Skip(1).SelectMany(static e => e.EventIds), visit.Gate.Calls("events").First().EventIds.First());
        Assert.Equal((1, 1), (await visit.Total("fires"), await visit.Total("seen")));
        visit.WasQuietButForFailedRequests();
    }

    [Theory]
    [InlineData(20, "shown")]
    [InlineData(75, "stale")]
    public async Task Back_from_offline_all_is_counted_and_an_old_event_asks_nothing(int seconds, string verdict)
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open(clock: true);
        await page.IsThrough(visit.Gate);
        await visit.Person.SetOfflineAsync(true);
        await visit.Fire(page);
        await page.Fire("offline_" + verdict);
        await page.Clock.RunForAsync(seconds * 1000);
        Assert.Empty(visit.Gate.Calls("events"));

        await visit.Person.SetOfflineAsync(false);
        await page.RunUntil(async () => await visit.Total("fires") == 1, "the event");
        Assert.Equal(1, await visit.Verdicts(verdict));
        // Nobody attends to it, and it goes after 20 s of the page's time.
        await Expect(page.Prompt()).ToHaveCountAsync(verdict == "shown" ? 1 : 0);
        await page.RunUntil(() => Task.FromResult(visit.Gate.Calls("events").Sum(static e => e.EventIds.Count()) == 2), "the other event");
        Assert.Equal(verdict == "shown" ? 1 : 0, await visit.Total("prompted"));
        Assert.DoesNotContain("events", await page.Stored(), StringComparison.Ordinal);
        visit.WasQuietButForFailedRequests();
    }

    [Fact]
    public async Task Every_acknowledgement_may_be_lost_once()
    {
        await using var visit = await server.Visit(chromium);
        var lost = new HashSet<string>(StringComparer.Ordinal);
        visit.Gate.Faults = call =>
        {
            lock (lost)
            {
                // The browser itself repeats a request on a connection that it had used before; that counts as lost as well.
                return lost.Add(call) ? Fault.AnswerLost : Fault.None;
            }
        };
        var page = await visit.Open(clock: true);
        await visit.Fire(page);
        var prompt = page.Prompt();
        await page.RunUntil(async () => await prompt.CountAsync() > 0, "the prompt");
        await prompt.Face("neutral").ClickAsync();
        await prompt.Box().FillAsync("Slow");
        await prompt.Act("send").ClickAsync();
        await page.RunUntil(async () => await visit.Total("comments") == 1 && visit.Gate.Calls("comment").Count() > 1, "the comment");

        Assert.Equal(
            (1, 1, 1, 1, 1),
            (await visit.Total("fires"), await visit.Total("prompted"), await visit.Total("seen"), await visit.Total("neutral"), await visit.Total("comments")));
        Assert.All(["events", "seen", "reaction", "comment"], call => Assert.InRange(visit.Gate.Calls(call).Count(), 2, 3));
        Assert.Single(visit.Gate.Calls("events").SelectMany(static e => e.EventIds).Distinct(StringComparer.Ordinal));
        visit.WasQuietButForFailedRequests();
    }

    [Fact]
    public async Task A_reload_before_the_answer_asks_on_the_next_page_and_a_reload_after_it_does_not_ask_again()
    {
        await using var visit = await server.Visit(chromium);
        visit.Gate.Faults = static call => call == "events" ? Fault.AnswerHeld : Fault.None;
        var page = await visit.Open();
        await visit.Fire(page);
        await visit.Gate.Saw("events");
        visit.Gate.Faults = static _ => Fault.None;
        await page.ReloadAsync();
        visit.Gate.Release();
        await Expect(page.Prompt().Face("positive")).ToBeVisibleAsync();
        await visit.TotalIs("seen", 1);

        await page.ReloadAsync();
        await page.IsLoaded();
        await visit.Fire(page);
        await visit.TotalIs("fires", 2);
        await page.IsThrough(visit.Gate);
        await Expect(page.Prompt()).ToHaveCountAsync(0);
        Assert.Equal((1, 1), (await visit.Total("prompted"), await visit.Total("seen")));
        visit.WasQuiet();
    }

    [Fact]
    public async Task An_answer_that_found_no_network_is_delivered_by_the_next_page()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        var prompt = await visit.Ask(page);
        visit.Gate.Faults = static call => call is "reaction" or "comment" ? Fault.Lost : Fault.None;
        await prompt.Face("frustrated").ClickAsync();
        await prompt.Box().FillAsync("No network");
        await prompt.Act("send").ClickAsync();
        await visit.Gate.Saw("reaction");
        visit.Gate.Faults = static _ => Fault.None;
        await page.ReloadAsync();
        await visit.TotalIs("comments", 1);
        Assert.Equal(1, await visit.Total("frustrated"));
    }

    [Fact]
    public async Task What_is_unsent_goes_with_the_page_that_is_left()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        await page.IsThrough(visit.Gate);
        await page.EvaluateAsync("() => { for (let i = 0; i < 5; i++) Conclude.event('leave_' + i); location = 'about:blank'; }");
        await Patiently.Until(() => visit.Gate.Calls("events").Sum(static e => e.EventIds.Count()) == 5, static () => "Events were lost with the page.");
        visit.WasQuiet();
    }

    [Fact]
    public async Task Two_tabs_that_find_one_queue_count_it_once_and_ask_once()
    {
        await using var visit = await server.Visit(chromium);
        visit.Gate.Faults = static call => call == "events" ? Fault.Lost : Fault.None;
        var page = await visit.Open();
        await visit.Fire(page);
        await visit.Gate.Saw("events");
        await page.CloseAsync();
        visit.Gate.Faults = static _ => Fault.None;

        var tabs = await Task.WhenAll(visit.Open(), visit.Open(), visit.Open());
        await visit.TotalIs("seen", 1);
        await Task.WhenAll(tabs.Select(tab => tab.IsThrough(visit.Gate)));
        await Patiently.Until(async () => (await Task.WhenAll(tabs.Select(static tab => tab.Prompt().CountAsync()))).Sum() == 1, static () => "Not one tab of three asks.");
        Assert.Equal((1, 1), (await visit.Total("fires"), await visit.Total("prompted")));
        Assert.DoesNotContain("events", await tabs[0].Stored(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_is_dropped_after_a_day()
    {
        await using var visit = await server.Visit(chromium);
        visit.Gate.Faults = static call => call == "events" ? Fault.Lost : Fault.None;
        var page = await visit.Open(clock: true);
        await visit.Fire(page);
        await visit.Gate.Saw("events");
        var id = visit.Gate.Calls("events").First().EventIds.Single();
        Assert.Contains(id, await page.Stored(), StringComparison.Ordinal);
        await page.CloseAsync();
        await visit.Person.Clock.FastForwardAsync("24:00:30");

        visit.Gate.Faults = static _ => Fault.None;
        page = await visit.Open(clock: false);
        await page.Fire("next_day");
        await page.IsThrough(visit.Gate);
        Assert.Equal(0, await visit.Total("fires"));
        Assert.DoesNotContain(id, await page.Stored(), StringComparison.Ordinal);
    }
}
