using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Accounts;

/// <summary>What the cookie says: who, in which workspace, and the stamp that ends it when the password changes.</summary>
internal sealed class DashboardPrincipals(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<DashboardAccount>
{
    public Task<ClaimsPrincipal> CreateAsync(DashboardAccount user)
    {
        var account = user.Stored;
        var claims = options.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(
            [
                new(claims.UserIdClaimType, account.Email),
                new(claims.UserNameClaimType, account.Email),
                new(ClaimTypes.Email, account.Email),
                new(claims.SecurityStampClaimType, account.SecurityStamp),
            ],
            IdentityConstants.ApplicationScheme, claims.UserNameClaimType, claims.RoleClaimType);
        if (account.Workspaces is [var workspace, ..])
        {
            identity.AddClaim(new(DashboardUser.WorkspaceClaim, workspace));
        }

        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}
