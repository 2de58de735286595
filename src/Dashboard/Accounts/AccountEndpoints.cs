using Conclude.Dashboard.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Dashboard.Accounts;

internal static class AccountEndpoints
{
    /// <summary>The form field that names a workspace.</summary>
    public const string WorkspaceField = "workspace";

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapGet(DashboardRoutes.SignInLink, RedeemLink).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(DashboardRoutes.SignOut, static () => TypedResults.LocalRedirect(DashboardRoutes.Home)).AllowAnonymous().ExcludeFromDescription();

        // Signed in, member or not: who lost the workspace must still be able to leave. The token is bound to who is signed in.
        var signedIn = app.MapGroup("")
            .RequireAuthorization(p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser())
            .ExcludeFromDescription();
        signedIn.MapPost(DashboardRoutes.SignOut, SignOut);
        signedIn.MapPost(DashboardRoutes.SignOutEverywhere, SignOutEverywhere);
        signedIn.MapPost(DashboardRoutes.SwitchWorkspace, SwitchWorkspace);
    }

    private static async Task<RedirectHttpResult> RedeemLink(string? token, SignIn signIn, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return await signIn.WithLink(token ?? "")
            ? TypedResults.LocalRedirect(DashboardRoutes.Moments)
            : TypedResults.LocalRedirect($"{DashboardRoutes.SignIn}?link=used");
    }

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOut(HttpContext http, IAntiforgery antiforgery, SignIn signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await signIn.Out();
        return TypedResults.LocalRedirect(DashboardRoutes.SignIn);
    }

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutEverywhere(HttpContext http, IAntiforgery antiforgery, SignIn signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await signIn.OutEverywhere();
        return TypedResults.LocalRedirect(DashboardRoutes.SignIn);
    }

    private static async Task<Results<RedirectHttpResult, BadRequest, NotFound>> SwitchWorkspace(HttpContext http, IAntiforgery antiforgery, SignIn signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return await signIn.Switch(form[WorkspaceField].ToString()) ? TypedResults.LocalRedirect(DashboardRoutes.Moments) : TypedResults.NotFound();
    }
}
