using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves what leaves the browser, byte for byte, and what stays in it.</summary>
[Collection(WidgetCollection.Name)]
public sealed class TrafficTests(ChromiumFixture chromium, WidgetServer server)
{
    private const string Ada = "{ externalId: 'USER', email: 'ada@acme.com', name: 'Ada Lovelace', hash: 'abcdef', companies: [{ id: 'co_acme', monthlySpend: 5000 }], traits: { plan: 'pro' } }";

    [Fact]
    public async Task A_page_view_without_a_configured_event_costs_one_cached_request()
    {
        await using var visit = await server.Visit(chromium);
        for (var view = 0; view < 3; view++)
        {
            var page = await visit.Open();
            // An answer that the page did not wait for would not be kept.
            await page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(e => e.name.includes('/widget/config') && e.responseEnd > 0)");
            await page.IsThrough(visit.Gate);
            await page.CloseAsync();
        }

        Assert.Equal("GET", Assert.Single(visit.Gate.Seen, static e => e.Call is not null).Method);
        Assert.Single(visit.Gate.Seen, static e => e.Path == "/widget/v1.js");
    }

    [Fact]
    public async Task Requests_are_simple_carry_no_cookie_and_say_only_what_the_app_passed()
    {
        await using var visit = await server.Visit(chromium, new() { Body = """<main><h1>Salary of Grace</h1><input value="secret-field"><button id="export">Export</button></main>""" });
        // Somebody who has signed in to the dashboard on the same host.
        await visit.Person.AddCookiesAsync([new() { Name = "session", Value = "dashboard", Url = visit.Gate.Address }]);
        var page = await visit.Person.NewPageAsync();
        await page.GotoAsync(visit.Site.SameSite + "reports?token=secret-query#secret-fragment");
        await page.IsLoaded();
        await Identify(visit, page);
        var prompt = await visit.Ask(page);
        await prompt.Face("neutral").ClickAsync();
        await prompt.Box().FillAsync("Slow");
        await prompt.Act("send").ClickAsync();
        await visit.TotalIs("comments", 1);

        Assert.Equal("session=dashboard", visit.Gate.Seen.First(static e => e.Path == "/widget/v1.js").Cookie);
        Assert.All(visit.Gate.Seen.Where(static e => e.Call is not null), static e => Assert.Null(e.Cookie));
        Assert.DoesNotContain(visit.Gate.Seen, static e => e.Method is not ("GET" or "POST"));
        Assert.DoesNotContain(visit.Gate.Seen, static e => (e.Path + e.Body).Contains("secret", StringComparison.Ordinal) || e.Body.Contains("Salary", StringComparison.Ordinal));
        Assert.Equal("session", Assert.Single(await visit.Person.CookiesAsync()).Name);

        var events = visit.Gate.Calls("events").Single().Json;
        Assert.Equal(["context", "events", "sentAt", "user"], Keys(events));
        Assert.Equal(["anonymousId", "companies", "email", "externalId", "hash", "name", "traits"], Keys(events["user"]!));
        Assert.Equal("""[{"id":"co_acme","monthlySpend":5000}]{"plan":"pro"}""", events["user"]!["companies"]!.ToJsonString() + events["user"]!["traits"]!.ToJsonString());
        Assert.Equal(visit.Site.SameSite + "reports", (string)events["context"]!["url"]!);
        Assert.Subset(new HashSet<string>(["url", "locale", "device", "lang", "language"], StringComparer.Ordinal), new HashSet<string>(Keys(events["context"]!), StringComparer.Ordinal));
        Assert.Equal(["at", "id", "name"], Keys(events["events"]![0]!));
        Assert.Equal(["view"], Keys(visit.Gate.Calls("seen").Single().Json));
        Assert.Equal("""{"reaction":"neutral"}{"text":"Slow"}""", visit.Gate.Calls("reaction").Single().Body + visit.Gate.Calls("comment").Single().Body);
        visit.WasQuiet();
    }

    [Fact]
    public async Task Global_Privacy_Control_keeps_a_person_anonymous()
    {
        await using var visit = await server.Visit(chromium);
        await visit.Person.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })");
        var page = await visit.Open();
        await Identify(visit, page);
        await visit.Ask(page);
        Assert.Equal(["anonymousId"], Keys(visit.Gate.Calls("events").Single().Json["user"]!));
        Assert.DoesNotContain(visit.Gate.Seen, e => e.Body.Contains("ada@", StringComparison.OrdinalIgnoreCase) || e.Body.Contains(User(visit), StringComparison.Ordinal));
        Assert.DoesNotContain(User(visit), await page.Stored(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opted_out_a_browser_is_silent_until_it_opts_in()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        var prompt = await visit.Ask(page);
        await page.EvaluateAsync("() => { Conclude.optOut(); }");
        await Expect(prompt).ToHaveCountAsync(0);
        await visit.Gate.Saw("config");
        var before = visit.Gate.Seen.Count(static e => e.Call is not null);
        await visit.Fire(page);
        await page.ReloadAsync();
        await page.IsLoaded();
        await visit.Fire(page);
        await page.EvaluateAsync("() => dispatchEvent(new Event('pagehide'))");
        await page.IsThrough(visit.Gate);
        Assert.Equal(before, visit.Gate.Seen.Count(static e => e.Call is not null));

        await page.EvaluateAsync("() => { Conclude.optIn(); }");
        await visit.Fire(page);
        await visit.TotalIs("fires", 2);
        visit.WasQuiet();
    }

    [Fact]
    public async Task Reset_leaves_nothing_of_the_person_in_the_browser()
    {
        await using var visit = await server.Visit(chromium);
        var page = await visit.Open();
        await Identify(visit, page);
        var prompt = await visit.Ask(page);
        visit.Gate.Faults = static _ => Fault.Unavailable;
        await prompt.Face("frustrated").ClickAsync();
        await page.Fire("not_delivered");
        await visit.Gate.Saw("reaction");
        Assert.Contains("not_delivered", await page.Stored(), StringComparison.Ordinal);
        var browser = (string)visit.Gate.Calls("events").First().Json["user"]!["anonymousId"]!;

        await page.EvaluateAsync("() => { Conclude.reset(); }");
        await Expect(prompt).ToHaveCountAsync(0);
        var stored = await page.Stored();
        Assert.DoesNotContain([User(visit), "ada@", "Lovelace", "abcdef", "acme", browser, "not_delivered", "prompts/"], word => stored.Contains(word, StringComparison.Ordinal));
        Assert.Empty(await visit.Person.CookiesAsync());
    }

    [Fact]
    public async Task A_declared_crawler_is_a_bot_and_a_headless_browser_is_not()
    {
        await using var crawler = await server.Visit(chromium, options: new() { UserAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/120.0" });
        var page = await crawler.Open();
        await crawler.Fire(page);
        await crawler.TotalIs("fires", 1);
        Assert.Equal(1, await crawler.Verdicts("bot"));
        await Expect(page.Prompt()).ToHaveCountAsync(0);

        await using var headless = await server.Visit(chromium);
        await headless.Ask(await headless.Open());
        Assert.Contains("Headless", headless.Gate.Calls("events").Single().UserAgent, StringComparison.Ordinal);
    }

    /// <summary>Ada is another person in every test, or she would have been asked already.</summary>
    private static string User(Visit visit) => "user_" + visit.Event;

    private static Task Identify(Visit visit, IPage page) => page.EvaluateAsync("() => { Conclude.identify(" + Ada.Replace("USER", User(visit), StringComparison.Ordinal) + "); }");

    private static string[] Keys(JsonNode node) => [.. node.AsObject().Select(static p => p.Key).Order(StringComparer.Ordinal)];
}
