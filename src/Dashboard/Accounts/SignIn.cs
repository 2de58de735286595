using System.Security.Claims;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Accounts;

/// <summary>Signs people in and out of the dashboard; works only while the response's headers can still be written.</summary>
public sealed partial class SignIn(
    SignInManager<DashboardAccount> cookies, UserManager<DashboardAccount> accounts, IPasswordHasher<DashboardAccount> hasher,
    SignInTurns turns, Memberships memberships, IGrainFactory grains, TimeProvider time, ILogger<SignIn> logger)
{
    /// <summary>How the principal got in, when by a link: the page then suggests to set a password.</summary>
    public const string MethodClaim = ClaimTypes.AuthenticationMethod;

    public const string LinkMethod = "link";

    // One answer for a wrong password, an unknown address and a locked account: none of them says which addresses exist.
    private const string Refused = "That e-mail and password do not match. After several wrong tries an account is locked for 15 minutes.";

    /// <summary>
    /// Longer than checking a password and counting a failure takes: what is refused is refused after this time, whichever of the three
    /// reasons it has, so that neither does the time say which addresses exist.
    /// </summary>
    private static readonly TimeSpan RefusedAfter = TimeSpan.FromMilliseconds(600);

    // Any hash in the current format: makes an unknown address and a locked account cost what a wrong password costs.
    private static readonly string UnknownAccountHash =
        new PasswordHasher<DashboardAccount>(Options.Create(new PasswordHasherOptions { IterationCount = PasswordRules.Iterations })).HashPassword(null!, Guid.NewGuid().ToString());

    /// <returns>Null when signed in, else what to tell the person.</returns>
    public async Task<string?> WithPassword(string email, string password, bool staySignedIn)
    {
        var started = time.GetTimestamp();
        if (await CheckPassword(email, password) is not { } account)
        {
            if (RefusedAfter - time.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, time);
            }

            return Refused;
        }

        await Begin(account, staySignedIn, workspace: null);
        return null;
    }

    /// <returns>Null when it is wrong, there is no such account, or it is locked.</returns>
    public async Task<DashboardAccount?> CheckPassword(string email, string password)
    {
        using var turn = await turns.Take(GrainKeys.NormalizeEmail(email));
        if (await accounts.FindByEmailAsync(email) is not { Stored.PasswordHash: not null } account || await accounts.IsLockedOutAsync(account))
        {
            hasher.VerifyHashedPassword(null!, UnknownAccountHash, password);
            return null;
        }

        var result = await cookies.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            LogLockedOut(logger);
        }

        return result.Succeeded ? account : null;
    }

    /// <returns>False when the link was used, has expired, or never was.</returns>
    public async Task<bool> WithLink(string token)
    {
        if (await SignInLinks.Redeem(grains, token) is not { } email || await accounts.FindByEmailAsync(email) is not { } account)
        {
            return false;
        }

        await accounts.ResetAccessFailedCountAsync(account);
        await Begin(account, staySignedIn: false, workspace: null, new Claim(MethodClaim, LinkMethod));
        return true;
    }

    /// <summary>Gives this browser a session of its own; one that it had ends.</summary>
    /// <param name="workspace">To begin in; null begins where this browser was.</param>
    public async Task Begin(DashboardAccount account, bool staySignedIn, string? workspace, params Claim[] more)
    {
        var email = account.Stored.Email;
        var before = await Current();
        await End(before);
        var device = DeviceName.Of(cookies.Context.Request.Headers.UserAgent);
        var session = await grains.Account(email).StartSession(device) ?? throw new InvalidOperationException("The account has gone.");
        List<Claim> claims = [new(DashboardUser.SessionClaim, session), .. more];
        if (await memberships.Choose(email, workspace ?? before?.FindFirstValue(DashboardUser.WorkspaceClaim)) is { } chosen)
        {
            claims.Add(new(DashboardUser.WorkspaceClaim, chosen));
        }

        await cookies.SignInWithClaimsAsync(account, staySignedIn, claims);
    }

    /// <summary>The e-mail of who is signed in with this request's cookie; null for nobody.</summary>
    public async Task<string?> Who() => (await Current())?.FindFirstValue(ClaimTypes.Email);

    public async Task Out()
    {
        await End(await Current());
        await cookies.SignOutAsync();
    }

    /// <summary>Ends every session of the account, this one too.</summary>
    public async Task OutEverywhere()
    {
        if (await Who() is { } email)
        {
            await grains.Account(email).EndSessions();
        }

        await cookies.SignOutAsync();
    }

    /// <summary>Goes on in another workspace of the account.</summary>
    /// <returns>False when the account does not belong to it.</returns>
    public async Task<bool> Switch(string workspace)
    {
        var signedIn = await cookies.Context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (signedIn.Principal?.FindFirstValue(ClaimTypes.Email) is not { } email || !await memberships.Has(email, workspace))
        {
            return false;
        }

        await cookies.Context.SignInAsync(
            IdentityConstants.ApplicationScheme, SessionCookies.In(signedIn.Principal, workspace),
            new AuthenticationProperties { IsPersistent = signedIn.Properties?.IsPersistent is true });
        return true;
    }

    /// <summary>Sets or replaces the password; every other session of the account ends.</summary>
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

        await Begin(account, staySignedIn: false, workspace: null);
        return null;
    }

    private async Task<ClaimsPrincipal?> Current() => (await cookies.Context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal;

    private async Task End(ClaimsPrincipal? principal)
    {
        if (principal?.FindFirstValue(ClaimTypes.Email) is { } email && principal.FindFirstValue(DashboardUser.SessionClaim) is { } session)
        {
            await grains.Account(email).EndSession(session);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard account is locked after too many wrong passwords.")]
    private static partial void LogLockedOut(ILogger logger);
}
