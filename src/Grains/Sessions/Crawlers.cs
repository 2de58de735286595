using System.Text.RegularExpressions;

namespace Conclude.Grains.Sessions;

/// <summary>Crawlers that say so in their user agent. A headless browser as such is nobody's bot: people test with it.</summary>
public static partial class Crawlers
{
    /// <summary>
    /// True for the words by which crawlers declare themselves ("Googlebot/2.1", "bingbot", "Baiduspider", "AdsBot-Google",
    /// "facebookexternalhit", "Slurp"): a word that ends in
    /// <c>bot</c> (but for the phone maker Cubot), <c>spider</c> or <c>crawler</c>, or a known name.
    /// </summary>
    public static bool Declares(string? userAgent) => userAgent is { Length: > 0 } && Declared().IsMatch(userAgent);

    [GeneratedRegex(@"(?<!\bcu)bot(?![a-z])|(spider|crawler)(?![a-z])|adsbot-|bingpreview|facebookexternalhit|mediapartners-google|\bslurp\b|ia_archiver|google-inspectiontool|chrome-lighthouse", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declared();
}
