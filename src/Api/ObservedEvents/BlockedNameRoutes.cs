using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.ObservedEvents;

/// <summary>Names whose events are refused; secret key.</summary>
internal static class BlockedNameRoutes
{
    public static void MapBlockedNames(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management + "/blocked-names").WithTags("Observed events").WithCommonProblems();
        group.MapGet("", List).WithSummary("Names whose events are refused");
        group.MapPut("{name}", Block).WithSummary($"Refuse events of this name from now on; what was counted stays. At most {WorkspaceSnapshot.MaxBlockedNames} names")
            .WithProblems(400).WithProblems(ApiProblem.EventExists, ApiProblem.TooManyBlockedNames);
        group.MapDelete("{name}", Unblock).WithSummary("Take events of this name again").WithProblems(404);
    }

    private static Ok<BlockedNamesJson> List(Caller caller) =>
        TypedResults.Ok(new BlockedNamesJson([.. (caller.Workspace.BlockedNames ?? []).Order(StringComparer.Ordinal)]));

    private static async Task<Results<NoContent, ApiProblem>> Block(string name, Caller caller, IGrainFactory grains) =>
        await caller.Tenant(grains).BlockName(name) switch
        {
            SaveStatus.Saved => TypedResults.NoContent(),
            SaveStatus.Invalid => ApiProblem.Validation("name", $"1–{EventNames.MaxLength} letters, digits or _ . : -"),
            SaveStatus.Exists => ApiProblem.EventExists,
            SaveStatus.PlanLimit => ApiProblem.TooManyBlockedNames,
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            _ => ApiProblem.NotFound,
        };

    private static async Task<Results<NoContent, ApiProblem>> Unblock(string name, Caller caller, IGrainFactory grains) =>
        await caller.Tenant(grains).UnblockName(name) switch
        {
            SaveStatus.Saved => TypedResults.NoContent(),
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            _ => ApiProblem.NotFound,
        };
}
