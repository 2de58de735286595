using Conclude.Api.Exports;
using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Privacy;

namespace Conclude.Silo;

/// <summary>The API's files at the dashboard's addresses: for whoever is signed in, of the workspace they are signed in to.</summary>
internal static class DashboardExports
{
    public static void MapDashboardExports(this IEndpointRouteBuilder app)
    {
        app.MapResponsesExport(DashboardRoutes.ResponsesFile, Workspace).RequireAuthorization(DashboardPolicy.Name).ExcludeFromDescription();
        app.MapPersonExport(DashboardRoutes.PersonFile, Workspace).RequireAuthorization(DashboardPolicy.Name).AddEndpointFilter<EditorsOnly>().ExcludeFromDescription();
    }

    private static string Workspace(HttpContext context) =>
        DashboardUser.From(context.User)?.Workspace ?? throw new InvalidOperationException("The policy let somebody in who has no workspace.");
}
