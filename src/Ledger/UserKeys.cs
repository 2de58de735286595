namespace Conclude.Ledger;

/// <summary>
/// The key of one user inside a workspace: the person when the app names one, else the browser. Test users live in a
/// namespace of their own, so a test never meets a real history.
/// </summary>
public static class UserKeys
{
    private const string TestPrefix = "t:";
    private const string PersonPrefix = "u:";
    private const string BrowserPrefix = "a:";
    private const string ErasedPrefix = "e:";

    /// <summary>External and anonymous ids: at most this many characters.</summary>
    public const int MaxIdLength = 200;

    public static string Person(string externalId, bool test = false) => (test ? TestPrefix : "") + PersonPrefix + externalId;

    public static string Browser(string anonymousId, bool test = false) => (test ? TestPrefix : "") + BrowserPrefix + anonymousId;

    /// <summary>The key that stands for somebody who was erased: random, and nobody's.</summary>
    public static string Fresh(bool test) => (test ? TestPrefix : "") + ErasedPrefix + System.Guid.NewGuid().ToString("N");

    /// <returns>The browser's id; null when the key is no browser's.</returns>
    public static string? AnonymousId(string userKey)
    {
        var key = IsTest(userKey) ? userKey[TestPrefix.Length..] : userKey;
        return key.StartsWith(BrowserPrefix, StringComparison.Ordinal) ? key[BrowserPrefix.Length..] : null;
    }

    public static bool IsTest(string userKey) => userKey.StartsWith(TestPrefix, StringComparison.Ordinal);
}
