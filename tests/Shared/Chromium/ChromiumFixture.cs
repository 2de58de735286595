using Microsoft.Playwright;

namespace Conclude.Testing;

/// <summary>One headless Chromium (Debian's) for all tests; where there is none, tests are reported as skipped.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    /// <summary>How long an assertion or an action waits where no time is promised: a starved machine is slow, not wrong.</summary>
    public const float Patience = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null, "No Chromium on this machine: install the Debian package chromium.");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is { } chromium)
        {
            _playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
