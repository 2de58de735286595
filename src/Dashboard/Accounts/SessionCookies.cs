using System.Security.Claims;
using Conclude.Grains;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// Asks the account on every request whether the cookie's session goes on: one call of a grain that is in memory. A workspace that the
/// account left, or was removed from, gives way to another of its own.
/// </summary>
internal static class SessionCookies
{
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal is not { } principal || !await GoesOn(services.GetRequiredService<IGrainFactory>(), principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        var email = principal.FindFirstValue(ClaimTypes.Email)!;
        var current = principal.FindFirstValue(DashboardUser.WorkspaceClaim);
        var chosen = await services.GetRequiredService<Memberships>().Choose(email, current);
        if (chosen is not null && chosen != current)
        {
            context.ReplacePrincipal(In(principal, chosen));
            context.ShouldRenew = true;
        }
    }

    public static async Task<bool> GoesOn(IGrainFactory grains, ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Email) is { } email
        && principal.FindFirstValue(DashboardUser.SessionClaim) is { } session
        && principal.FindFirstValue(DashboardPrincipals.StampClaim) is { } stamp
        && await grains.Account(email).CheckSession(session, stamp, principal.FindFirstValue(DashboardUser.WorkspaceClaim) ?? "");

    /// <summary>The same person in another workspace.</summary>
    public static ClaimsPrincipal In(ClaimsPrincipal principal, string workspace)
    {
        var identity = ((ClaimsIdentity)principal.Identity!).Clone();
        foreach (var claim in identity.FindAll(DashboardUser.WorkspaceClaim).ToArray())
        {
            identity.RemoveClaim(claim);
        }

        identity.AddClaim(new Claim(DashboardUser.WorkspaceClaim, workspace));
        return new ClaimsPrincipal(identity);
    }
}
