using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
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
        group.MapGet("", Get).WithSummary("The workspace's settings. If-None-Match is honoured");
        group.MapPut("", Replace).WithSummary("Replace the workspace's settings; what is left out gets its default. If-Match is honoured")
            .Accepts<SettingsJson>("application/json").WithProblems(400, 412, 413, 415);
    }

    private static Results<Ok<SettingsJson>, NotModified> Get(HttpContext context, Caller caller) =>
        Etags.Has(context, caller.Workspace.SettingsVersion) ? NotModified.Instance : TypedResults.Ok(SettingsJson.Of(caller.Workspace.Settings));

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

        var saved = await caller.Tenant(grains).ReplaceSettings(settings, Etags.Expected(context.Request.Headers.IfMatch));
        if (saved.Status == SaveStatus.Saved)
        {
            context.Response.Headers.ETag = Etags.Of(saved.Version);
        }

        return saved.Status switch
        {
            SaveStatus.Saved => TypedResults.Ok(SettingsJson.Of(settings)),
            SaveStatus.Changed => ApiProblem.VersionMismatch,
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            _ => ApiProblem.NotFound,
        };
    }
}
