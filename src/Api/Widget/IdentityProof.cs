using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Conclude.Api.Widget;

/// <summary>The proof that the app's own server vouches for an external id.</summary>
internal static class IdentityProof
{
    /// <param name="hash">Hex of HMAC-SHA256 over the external id, as the app's server made it.</param>
    /// <param name="secret">The workspace's identity secret; its UTF-8 bytes are the key.</param>
    public static bool Holds(string externalId, string? hash, string secret)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secret.Length == 0 || hash is not { Length: HMACSHA256.HashSizeInBytes * 2 }
            || Convert.FromHexString(hash, given, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(externalId), expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
