using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Moments;

/// <summary>Moments of a workspace; secret key.</summary>
internal static class MomentRoutes
{
    public static void MapMoments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Moments).WithTags("Moments").WithCommonProblems();
        group.MapGet("", List).WithSummary("Every moment, with its counters");
        group.MapPost("", Create).WithSummary("Make an event a moment")
            .Accepts<MomentRequest>("application/json").WithProblems(400, 413, 415).WithProblems(ApiProblem.EventExists, ApiProblem.PlanLimit);
        group.MapGet("{event}", Find).WithSummary("One moment. If-None-Match is honoured: 304 says that nobody changed it, whatever was counted meanwhile").WithProblems(404);
        group.MapPut("{event}", Replace).WithSummary("Replace a moment; what is left out gets its default. If-Match is honoured")
            .Accepts<MomentRequest>("application/json").WithProblems(400, 404, 412, 413, 415);
        group.MapDelete("{event}", Remove).WithSummary("Remove a moment; its history stays. If-Match is honoured").WithProblems(404, 412);
        group.MapGet("{event}/stats", StatsEndpoint.Get).WithSummary("Counters of a moment over time, UTC").WithProblems(400, 404);
    }

    private static async Task<Ok<MomentsJson>> List(Caller caller, IGrainFactory grains) =>
        TypedResults.Ok(new MomentsJson(await Task.WhenAll(caller.Workspace.Moments.Values.Select(moment => Read(caller, moment, grains)))));

    private static async Task<Results<Created<MomentJson>, ApiProblem>> Create(HttpContext context, Caller caller, IGrainFactory grains)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.MomentRequest);
        if (body is null)
        {
            return problem!;
        }

        var saved = await caller.Tenant(grains).AddMoment(body.Define(eventName: null));
        if (saved.Status != SaveStatus.Saved)
        {
            return Problem(saved);
        }

        var moment = await Read(caller, saved.Moment!, grains);
        context.Response.Headers.ETag = Etags.Of(moment.Version);
        return TypedResults.Created($"{ApiRoutes.Moments}/{Uri.EscapeDataString(moment.Event)}", moment);
    }

    private static async Task<Results<Ok<MomentJson>, NotModified, ApiProblem>> Find(string @event, HttpContext context, Caller caller, IGrainFactory grains)
    {
        if (!caller.Workspace.Moments.TryGetValue(@event, out var moment))
        {
            return ApiProblem.NotFound;
        }

        return Etags.Has(context, moment.Version) ? NotModified.Instance : TypedResults.Ok(await Read(caller, moment, grains));
    }

    private static async Task<Results<Ok<MomentJson>, ApiProblem>> Replace(string @event, HttpContext context, Caller caller, IGrainFactory grains)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.MomentRequest);
        if (body is null)
        {
            return problem!;
        }

        if (body.Event is not null && body.Event != @event)
        {
            return ApiProblem.Validation("event", "is not the event of the address; an event cannot be renamed");
        }

        var saved = await caller.Tenant(grains).ReplaceMoment(body.Define(@event), Etags.Expected(context.Request.Headers.IfMatch));
        if (saved.Status != SaveStatus.Saved)
        {
            return Problem(saved);
        }

        context.Response.Headers.ETag = Etags.Of(saved.Moment!.Version);
        return TypedResults.Ok(await Read(caller, saved.Moment, grains));
    }

    private static async Task<Results<NoContent, ApiProblem>> Remove(string @event, HttpContext context, Caller caller, IGrainFactory grains) =>
        await caller.Tenant(grains).RemoveMoment(@event, Etags.Expected(context.Request.Headers.IfMatch)) switch
        {
            SaveStatus.Saved => TypedResults.NoContent(),
            SaveStatus.Changed => ApiProblem.VersionMismatch,
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            _ => ApiProblem.NotFound,
        };

    private static async Task<MomentJson> Read(Caller caller, MomentDefinition moment, IGrainFactory grains) =>
        MomentJson.Of(moment, await grains.Moment(caller.WorkspaceId, moment.Event).Totals());

    private static ApiProblem Problem(MomentSaved saved) => saved.Status switch
    {
        SaveStatus.Invalid => ApiProblem.Validation(saved.Errors.ToDictionary(static e => e.Key, static e => new[] { e.Value }, StringComparer.Ordinal)),
        SaveStatus.Exists => ApiProblem.EventExists,
        SaveStatus.PlanLimit => ApiProblem.PlanLimit,
        SaveStatus.Changed => ApiProblem.VersionMismatch,
        SaveStatus.NotFound => ApiProblem.NotFound,
        // The key was replaced while its request was on the way.
        SaveStatus.NotAllowed => ApiProblem.UnknownKey,
        _ => throw new ArgumentOutOfRangeException(nameof(saved)),
    };
}
