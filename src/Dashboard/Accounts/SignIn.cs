using System.Security.Claims;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Accounts;

/// <summary>Signs people in and out of the dashboard; works only while the response's headers can still be written.</summary>
public sealed partial class SignIn(
    SignInManager<DashboardAccount> cookies, UserManager<DashboardAccount> accounts, IPasswordHasher<DashboardAccount> hasher,
    SignInTurns turns, IGrainFactory grains, ILogger<SignIn> logger)
{
    /// <summary>How the principal got in, when by a link: the page then suggests to set a password.</summary>
    public const string MethodClaim = ClaimTypes.AuthenticationMethod;

    public const string LinkMethod = "link";

    // One answer for a wrong password, an unknown address and a locked account: none of them says which addresses exist.
    private const string Refused = "That e-mail and password do not match. After several wrong tries an account is locked for 15 minutes.";

    // Any hash in the current format: makes an unknown address cost what a wrong password costs.
    private static readonly string UnknownAccountHash =
        new PasswordHasher<DashboardAccount>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <returns>Null when signed in, else what to tell the person.</returns>
    public async Task<string?> WithPassword(string email, string password, bool staySignedIn)
    {
        using var turn = await turns.Take(GrainKeys.NormalizeEmail(email));
        if (await accounts.FindByEmailAsync(email) is not { Stored.PasswordHash: not null } account)
        {
            hasher.VerifyHashedPassword(null!, UnknownAccountHash, password);
            return Refused;
        }

        var result = await cookies.PasswordSignInAsync(account, password, staySignedIn, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            LogLockedOut(logger);
        }

        return result.Succeeded ? null : Refused;
    }

    /// <returns>False when the link was used, has expired, or never was.</returns>
    public async Task<bool> WithLink(string token)
    {
        if (await SignInLinks.Redeem(grains, token) is not { } email || await accounts.FindByEmailAsync(email) is not { } account)
        {
            return false;
        }

        await accounts.ResetAccessFailedCountAsync(account);
        await cookies.SignInWithClaimsAsync(account, isPersistent: false, [new Claim(MethodClaim, LinkMethod)]);
        return true;
    }

    public Task Out() => cookies.SignOutAsync();

    /// <summary>Sets or replaces the password; every other session of the account ends within the stamp's validation interval.</summary>
    /// <returns>Null when set, else what to tell the person.</returns>
    public async Task<string?> SetPassword(string email, string? current, string chosen)
    {
        using var turn = await turns.Take(GrainKeys.NormalizeEmail(email));
        if (await accounts.FindByEmailAsync(email) is not { } account)
        {
            return "This account no longer exists.";
        }

        if (account.Stored.PasswordHash is not null)
        {
            var check = await cookies.CheckPasswordSignInAsync(account, current ?? "", lockoutOnFailure: true);
            if (!check.Succeeded)
            {
                return "The current password is not right. After several wrong tries an account is locked for 15 minutes.";
            }
        }

        var result = account.Stored.PasswordHash is null
            ? await accounts.AddPasswordAsync(account, chosen)
            : await accounts.ChangePasswordAsync(account, current ?? "", chosen);
        if (!result.Succeeded)
        {
            return string.Join(' ', result.Errors.Select(e => e.Description));
        }

        await cookies.SignInAsync(account, isPersistent: false);
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard account is locked after too many wrong passwords.")]
    private static partial void LogLockedOut(ILogger logger);
}
