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

    /// <summary>Whether somebody can have this id: 1–<see cref="MaxIdLength"/> characters of what can be stored.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && StoredText.CanBe(id);

    /// <returns>The browser's id; null when the key is no browser's.</returns>
    public static string? AnonymousId(string userKey)
    {
        var key = Live(userKey);
        return key.StartsWith(BrowserPrefix, StringComparison.Ordinal) ? key[BrowserPrefix.Length..] : null;
    }

    /// <returns>The person's id; null when the key is no person's.</returns>
    public static string? ExternalId(string userKey)
    {
        var key = Live(userKey);
        return key.StartsWith(PersonPrefix, StringComparison.Ordinal) ? key[PersonPrefix.Length..] : null;
    }

    /// <summary>The same user outside of tests.</summary>
    public static string Live(string userKey) => IsTest(userKey) ? userKey[TestPrefix.Length..] : userKey;

    /// <summary>The same user in tests.</summary>
    public static string Test(string userKey) => IsTest(userKey) ? userKey : TestPrefix + userKey;

    /// <summary>Stands for somebody who was erased.</summary>
    public static bool IsErased(string userKey) => Live(userKey).StartsWith(ErasedPrefix, StringComparison.Ordinal);

    public static bool IsTest(string userKey) => userKey.StartsWith(TestPrefix, StringComparison.Ordinal);
}
