using Conclude.Testing;

namespace Conclude.Browser.Tests.Widget;

/// <summary>Proves that a page which asks for it is told what is wrong, in words that lead to the mend, and that no other page hears anything.</summary>
[Collection(WidgetCollection.Name)]
public sealed class DebugTests(ChromiumFixture chromium, WidgetServer server)
{
    private const string NoConnect = $"default-src 'none'; script-src 'nonce-{HostPage.Nonce}'";

    [Theory]
    [InlineData("key", true)]
    [InlineData("key", false)]
    [InlineData("origin", true)]
    [InlineData("origin", false)]
    [InlineData("Content-Security-Policy", true)]
    [InlineData("Content-Security-Policy", false)]
    public async Task Only_with_data_debug_it_says_what_is_wrong(string word, bool debug)
    {
        if (word == "origin")
        {
            await server.Set(new { allowedOrigins = new[] { "https://app.acme.com" } });
        }

        try
        {
            await using var visit = await server.Visit(chromium, new()
            {
                Key = word == "key" ? "pk_live_nobodys" : SiloProcess.PublishableKey,
                Csp = word == "Content-Security-Policy" ? NoConnect : null,
                Attributes = debug ? "data-debug" : "",
            });
            var page = await visit.Open();
            await visit.Fire(page);
            await Patiently.Until(() => visit.Noise.Any(IsBrowsers), static () => "Nothing is refused.");
            // What the widget will say, it says after its requests have failed; what it says later would fail the next page's test.
            await page.EvaluateAsync("() => new Promise(done => setTimeout(done, 200))");
            if (!debug)
            {
                Assert.Empty(Said());
                return;
            }

            // Two requests may be on their way when the first is refused.
            string? clear = null;
            await Patiently.Until(
                () => (clear = Said().Find(line => line.StartsWith("console.error", StringComparison.Ordinal) && line.Contains(word, StringComparison.OrdinalIgnoreCase))) is not null,
                () => $"Nobody is told of the {word}: {string.Join('\n', Said())}");
            Assert.All(Said(), static line => Assert.StartsWith("console.", line, StringComparison.Ordinal));
            Assert.Contains("conclude", clear, StringComparison.OrdinalIgnoreCase);

            List<string> Said() => visit.Noise.Where(static line => !IsBrowsers(line)).ToList();
            if (word == "origin")
            {
                Assert.Contains(visit.Site.Address.TrimEnd('/'), clear, StringComparison.Ordinal);
            }
        }
        finally
        {
            await server.Set(new { allowedOrigins = Array.Empty<string>() });
        }
    }

    /// <summary>The browser reports the failed request itself, to whoever has its tools open.</summary>
    private static bool IsBrowsers(string line) => line.Contains("Failed to load resource", StringComparison.Ordinal)
        || line.Contains("violates the following Content Security Policy", StringComparison.Ordinal)
        || line.Contains("Fetch API cannot load", StringComparison.Ordinal);
}
