using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Conclude.Grains.Tenants;

/// <summary>What an invite's link carries: the workspace and 256 random bits, of which only the hash is kept.</summary>
public static class InviteTokens
{
    private const int RandomBytes = 32;
    private const int MaxLength = 128;

    /// <returns>The token, to be put into a link and kept nowhere.</returns>
    public static string Make(string workspace) => workspace + "." + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <returns>The workspace that the token names, which need not exist; null when it is no token.</returns>
    public static string? WorkspaceOf(string token) =>
        token.Length <= MaxLength && token.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && GrainKeys.IsWorkspaceId(token[..dot]) ? token[..dot] : null;

    /// <returns>SHA-256, lower-case hex.</returns>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
