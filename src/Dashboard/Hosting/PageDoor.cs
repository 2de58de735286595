using System.Security.Claims;
using Conclude.Dashboard.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// Before the dashboard's own endpoints: lets no page of another site open a circuit with somebody's cookie, nobody open more than they may
/// or end what is another's, and nobody try passwords and links without end.
/// </summary>
internal sealed class PageDoor(RequestDelegate next, PageLimits limits, CircuitOwners owners, PublicAddress address)
{
    /// <summary>Seconds; a place or a try comes back sooner or later, not at a known time.</summary>
    private const string SoonAgain = "5";

    private static readonly PathString Circuits = "/_blazor";
    private static readonly PathString Negotiation = "/_blazor/negotiate";
    private static readonly PathString Leaving = "/_blazor/disconnect";
    private static readonly PathString[] Forms = [DashboardRoutes.SignIn, DashboardRoutes.Invite, DashboardRoutes.Password];

    public async Task InvokeAsync(HttpContext http)
    {
        var status = http.Request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase) ? await AtCircuit(http)
            : IsTry(http.Request) && !limits.MayTry(http.Connection.RemoteIpAddress) ? StatusCodes.Status429TooManyRequests
            : StatusCodes.Status200OK;
        if (status == StatusCodes.Status200OK)
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers.RetryAfter = SoonAgain;
        }
    }

    private async Task<int> AtCircuit(HttpContext http)
    {
        if (!IsOwn(http.Request))
        {
            return StatusCodes.Status403Forbidden;
        }

        if (http.Request.Path.StartsWithSegments(Leaving, StringComparison.OrdinalIgnoreCase))
        {
            return await IsTheirs(http) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        }

        // Told where a page can hear it; the connection itself is counted by LivePages.
        return http.Request.Path.StartsWithSegments(Negotiation, StringComparison.OrdinalIgnoreCase)
            && (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal?.FindFirstValue(ClaimTypes.Email) is { } email
            && !limits.HasRoom(email, http.Connection.RemoteIpAddress)
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status200OK;
    }

    /// <summary>
    /// Whether a page of this server asks. Browsers name the page's origin with every WebSocket, which no rule of theirs keeps from crossing
    /// sites; the cookie's <c>SameSite</c> would still let a neighbouring host of the same domain in. Programs name none, and have no cookie.
    /// </summary>
    private bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin]
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (origin == address.Url || new HostString(page.Authority) == request.Host || (page.Port > 0 && new HostString(page.Host, page.Port) == request.Host)));

    /// <summary>A secret of another's circuit is answered as one of none.</summary>
    private async Task<bool> IsTheirs(HttpContext http)
    {
        if (!http.Request.HasFormContentType || (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is not { } principal)
        {
            return false;
        }

        try
        {
            return owners.Began((await http.Request.ReadFormAsync(http.RequestAborted))["circuitId"], DashboardUser.From(principal));
        }
        catch (InvalidDataException)
        {
            // It is no form.
            return false;
        }
    }

    private static bool IsTry(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method) && Forms.Any(form => request.Path.Equals(form, StringComparison.OrdinalIgnoreCase)))
        || request.Path.Equals(DashboardRoutes.SignInLink, StringComparison.OrdinalIgnoreCase);
}
