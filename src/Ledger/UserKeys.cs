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

    public static bool IsTest(string userKey) => userKey.StartsWith(TestPrefix, StringComparison.Ordinal);
}
