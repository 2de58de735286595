using System.Collections.Concurrent;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Packages;

/// <summary>Proves of the script tag, the npm package and the React package, by their example apps under a strict policy, that they ask, tell and forget.</summary>
[Collection(PackagesCollection.Name)]
public sealed class ExampleTests(ChromiumFixture chromium, PackagesHost host)
{
    [Fact]
    public async Task The_plain_page_asks_tells_and_forgets()
    {
        await using var app = await ExampleApp.Start(host.Silo, "plain", SiloProcess.PublishableKey);
        await using var visit = await Visit.To(chromium, app);

        await visit.Click("#sign-in");
        await visit.AnswerFrustrated("plain");
        await visit.Shows("seen", "reaction frustrated", "comment");
        var answer = await host.AnswerOf("plain-ada");
        Assert.Equal("frustrated", (string?)answer["reaction"]);
        Assert.Equal("It was empty", (string?)answer["comment"]);

        await visit.SignOutForgets();
        visit.HadNoTrouble();
    }

    [Fact]
    public async Task The_module_asks_answers_its_promise_tells_and_forgets()
    {
        await using var app = await ExampleApp.Start(host.Silo, "module", SiloProcess.PublishableKey);
        await using var visit = await Visit.To(chromium, app);

        await visit.Click("#sign-in");
        await visit.Click("#share");
        await visit.Shows("report_shared accepted, does not ask");
        await visit.AnswerFrustrated("module");
        await visit.Shows("report_exported accepted, asks", "seen", "reaction frustrated", "comment");
        Assert.Equal("It was empty", (string?)(await host.AnswerOf("module-ada"))["comment"]);

        await visit.SignOutForgets();
        visit.HadNoTrouble();
    }

    // The test key's people are others, so that they can be asked again.
    [Theory]
    [InlineData(SiloProcess.PublishableKey, "19")]
    [InlineData(SiloProcess.TestKey, "18")]
    public async Task React_in_strict_mode_fires_once_asks_tells_and_forgets(string key, string version)
    {
        await using var app = await ExampleApp.Start(host.Silo, "react", key, version == "18" ? ["--react", version] : []);
        await using var visit = await Visit.To(chromium, app);

        await visit.Click("#sign-in");
        await Expect(visit.Page.Locator("#export")).ToBeVisibleAsync();
        await visit.AnswerFrustrated($"react-{version}");
        await visit.Shows("report_exported accepted, asks", "seen", "reaction frustrated", "comment");
        Assert.Equal(1, visit.Fired("report_opened"));
        Assert.Equal(1, visit.Fired("report_exported"));
        Assert.All(visit.Sent.Where(static s => s.Contains("\"events\"", StringComparison.Ordinal)), static s => Assert.Contains("react-ada", s, StringComparison.Ordinal));

        await visit.SignOutForgets();
        await Expect(visit.Page.Locator("#export")).ToHaveCountAsync(0);
        visit.HadNoTrouble();
    }

    /// <summary>One person's browser on an example.</summary>
    private sealed class Visit(IBrowserContext context, IPage page) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _trouble = [];

        public IPage Page => page;

        public ConcurrentQueue<string> Sent { get; } = [];

        public static async Task<Visit> To(ChromiumFixture chromium, ExampleApp app)
        {
            var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1000, Height = 700 } });
            var visit = new Visit(context, await context.NewPageAsync());
            // The policy speaks in the console, too.
            visit.Page.Console += (_, line) =>
            {
                if (line.Type is "error" or "warning")
                {
                    visit._trouble.Enqueue(line.Text);
                }
            };
            visit.Page.PageError += (_, error) => visit._trouble.Enqueue(error);
            visit.Page.Request += (_, request) => visit.Sent.Enqueue(request.PostData ?? "");
            await visit.Page.GotoAsync(app.Address);
            return visit;
        }

        public Task Click(string selector) => Page.ClickAsync(selector);

        public int Fired(string name) => Sent.Sum(s => s.Split($"\"name\":\"{name}\"").Length - 1);

        public async Task AnswerFrustrated(string picture)
        {
            await Click("#export");
            var prompt = Page.Locator("conclude-prompt");
            await Expect(prompt).ToContainTextAsync("How was exporting this report?");
            await Page.Take($"example-{picture}");
            await prompt.Locator("[data-reaction=frustrated]").ClickAsync();
            await prompt.Locator("textarea[name=comment]").FillAsync("It was empty");
            await prompt.Locator("[data-action=send]").ClickAsync();
        }

        /// <summary>Each of these lines once.</summary>
        public async Task Shows(params string[] lines)
        {
            foreach (var line in lines)
            {
                await Expect(Page.Locator("#log li").Filter(new() { HasText = line })).ToHaveCountAsync(1);
            }
        }

        public async Task SignOutForgets()
        {
            var before = await Stored();
            Assert.Contains("conclude:id", before, StringComparison.Ordinal);
            await Click("#sign-out");
            var after = before;
            await Patiently.Until(async () => (after = await Stored()) != before, static () => "Signing out changes nothing that is stored.");
            // Whole facts: of "ada", and of "-ada", there is one in many a random id.
            Assert.All(["plain-ada", "module-ada", "react-ada", "ada@", "\"Ada\""], fact => Assert.DoesNotContain(fact, after, StringComparison.Ordinal));
            Assert.DoesNotContain("conclude:pk_", after, StringComparison.Ordinal);
        }

        public void HadNoTrouble() => Assert.Empty(_trouble);

        public ValueTask DisposeAsync() => context.DisposeAsync();

        private Task<string> Stored() => Page.EvaluateAsync<string>("() => JSON.stringify(localStorage)");
    }
}
