using System.Security.Cryptography;
using System.Text;

namespace Conclude.Grains.Webhooks;

/// <summary>Secrets and signatures of the Standard Webhooks scheme (github.com/standard-webhooks/standard-webhooks), symmetric kind.</summary>
public static class WebhookSecrets
{
    private const string Prefix = "whsec_";
    private const int RandomBytes = 32;

    /// <returns><c>whsec_</c> and 256 random bits in base64.</returns>
    public static string Generate() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string NewId() => "wh_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <returns>The value of <c>webhook-signature</c>: one <c>v1,…</c> for each secret, between them a space.</returns>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
