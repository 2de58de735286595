using System.Security.Cryptography;
using System.Text;

namespace Conclude.Grains.Keys;

/// <summary>Makes and reads API keys: a prefix that tells the kind, and 192 random bits.</summary>
public static class ApiKeys
{
    public const int MaxLength = 128;

    /// <summary>In force in a workspace at a time: rotation needs two.</summary>
    public const int MaxOfAKind = 20;

    private const int RandomBytes = 24;

    public static string Generate(KeyKind kind) => Prefix(kind) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <returns>Null when the text is no key of any kind.</returns>
    public static KeyKind? KindOf(string key) => key.Length > MaxLength
        ? null
        : Enum.GetValues<KeyKind>().Where(kind => key.StartsWith(Prefix(kind), StringComparison.Ordinal) && key.Length > Prefix(kind).Length).Select(static kind => (KeyKind?)kind).FirstOrDefault();

    /// <returns>SHA-256, lower-case hex.</returns>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The record of a key; a secret key's own text is left out.</summary>
    public static ApiKey Record(string key, DateTimeOffset createdAt)
    {
        var kind = KindOf(key) ?? throw new FormatException("Keys start with pk_live_, pk_test_ or sk_live_.");
        var hash = Hash(key);
        return new ApiKey(hash[..16], kind, hash, kind == KeyKind.Secret ? null : key, createdAt);
    }

    private static string Prefix(KeyKind kind) => kind switch
    {
        KeyKind.Publishable => "pk_live_",
        KeyKind.Test => "pk_test_",
        KeyKind.Secret => "sk_live_",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
