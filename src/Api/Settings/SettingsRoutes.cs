using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Settings;

/// <summary>Settings of a workspace; secret key.</summary>
internal static class SettingsRoutes
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management + "/settings").WithTags("Settings").WithCommonProblems();
        group.MapGet("", Get).WithSummary("The workspace's settings");
        group.MapPut("", Replace).WithSummary("Replace the workspace's settings")
            .Accepts<SettingsJson>("application/json").WithProblems(400, 413, 415);
    }

    private static Ok<SettingsJson> Get(Caller caller) => TypedResults.Ok(SettingsJson.Of(caller.Workspace.Settings));

    private static async Task<Results<Ok<SettingsJson>, ApiProblem>> Replace(HttpContext context, Caller caller, IGrainFactory grains)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.SettingsJson);
        if (body is null)
        {
            return problem!;
        }

        var (settings, refusal) = SettingsChecks.Check(body, caller.Workspace.Plan);
        if (settings is null)
        {
            return refusal!;
        }

        return await grains.Tenant(caller.WorkspaceId).ReplaceSettings(settings) == SaveStatus.Saved
            ? TypedResults.Ok(SettingsJson.Of(settings))
            : ApiProblem.NotFound;
    }
}
