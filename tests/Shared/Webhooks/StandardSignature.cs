using System.Security.Cryptography;
using System.Text;

namespace Conclude.Testing.Webhooks;

/// <summary>
/// Checks a signature as the Standard Webhooks specification tells a receiver to, written from its text: base64 after <c>whsec_</c> is the
/// key; HMAC-SHA256 over <c>id.timestamp.body</c>; the header is a list, separated by spaces, of versions and signatures, one of which must match.
/// </summary>
internal static class StandardSignature
{
    public static bool Matches(WebhookRequest request, string secret) => Matches(request.Id, request.Timestamp, request.Body, request.Signature, secret);

    public static bool Matches(string id, string timestamp, byte[] body, string header, string secret)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hmac.AppendData(Encoding.ASCII.GetBytes(id));
        hmac.AppendData("."u8);
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        var expected = hmac.GetHashAndReset();
        foreach (var part in header.Split(' '))
        {
            var comma = part.IndexOf(',', StringComparison.Ordinal);
            if (comma > 0 && part[..comma] == "v1" && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(part[(comma + 1)..]), expected))
            {
                return true;
            }
        }

        return false;
    }
}
