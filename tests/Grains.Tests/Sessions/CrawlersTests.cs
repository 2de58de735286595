using Conclude.Grains.Sessions;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves that declared crawlers are told from people, and headless browsers are left alone.</summary>
public sealed class CrawlersTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true)]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0)", true)]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)", true)]
    [InlineData("facebookexternalhit/1.1", true)]
    [InlineData("Mozilla/5.0 (compatible; Yahoo! Slurp)", true)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36", false)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; CUBOT X70) Chrome/120 Mobile", false)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15", false)]
    [InlineData("curl/8.0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_those_who_say_so_are_crawlers(string? userAgent, bool crawler) => Assert.Equal(crawler, Crawlers.Declares(userAgent));
}
