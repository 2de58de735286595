using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Accounts;

/// <summary>What the cookie says of an account: who, and the stamp that ends it when the password changes. Session and workspace are added by <see cref="SignIn"/>.</summary>
internal sealed class DashboardPrincipals : IUserClaimsPrincipalFactory<DashboardAccount>
{
    public const string StampClaim = "conclude:stamp";

    public Task<ClaimsPrincipal> CreateAsync(DashboardAccount user)
    {
        var account = user.Stored;
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, account.Email),
                new(ClaimTypes.Name, account.Email),
                new(ClaimTypes.Email, account.Email),
                new(StampClaim, account.SecurityStamp),
            ],
            IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}
