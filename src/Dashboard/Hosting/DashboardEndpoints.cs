using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Components;
using Conclude.Dashboard.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard;

public static class DashboardEndpoints
{
    private const string Used = "conclude:dashboard-used";

    /// <summary>
    /// Turns what fails outside the API into a page of ours, in every environment. Call it first: it sees only what comes after it.
    /// </summary>
    public static WebApplication UseDashboard(this WebApplication app)
    {
        var properties = ((IApplicationBuilder)app).Properties;
        if (properties.TryAdd(Used, value: true))
        {
            app.UseMiddleware<PageErrors>();

            // Here, because the host would otherwise put it before us, and reading a cookie can fail.
            app.UseAuthentication();
            app.UseMiddleware<PageDoor>();
        }

        return app;
    }

    /// <summary>Serves the dashboard with all its files: the host needs no static file middleware for it.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseDashboard();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapDashboardAssets();
        app.MapPreviewPage();
        app.MapAccounts();
        app.MapGet(DashboardRoutes.Home, static () => TypedResults.LocalRedirect(DashboardRoutes.Moments)).AllowAnonymous().ExcludeFromDescription();
        app.MapRazorComponents<App>()
            // PageHeaders says it, once and for every page.
            .AddInteractiveServerRenderMode(static circuits => circuits.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(DashboardPolicy.Name);
        return app;
    }
}
