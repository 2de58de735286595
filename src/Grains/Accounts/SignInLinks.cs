using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Conclude.Grains.Accounts;

/// <summary>One-time sign-in links: the token names the account and carries 256 random bits, of which only the hash is kept.</summary>
public static class SignInLinks
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);
    private const int RandomBytes = 32;

    /// <summary>Offers a new link for an existing account; using any ends all.</summary>
    /// <returns>The token, to be put into a link and kept nowhere.</returns>
    public static async Task<string> Offer(IGrainFactory grains, string email, TimeProvider time)
    {
        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(GrainKeys.NormalizeEmail(email)))
            + "." + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));
        await grains.Account(email).OfferLink(Hash(token), time.GetUtcNow() + ValidFor);
        return token;
    }

    /// <summary>Uses up a token.</summary>
    /// <returns>The e-mail of the account to sign in, or null when the token opens nothing.</returns>
    public static async Task<string?> Redeem(IGrainFactory grains, string token)
    {
        if (EmailOf(token) is not { } email)
        {
            return null;
        }

        return await grains.Account(email).RedeemLink(Hash(token)) ? email : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string? EmailOf(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot is < 1 or > 400)
        {
            return null;
        }

        try
        {
            var email = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token, 0, dot));
            return string.IsNullOrWhiteSpace(email) || !EmailAddress.CanBeStored(email) ? null : email;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
