using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Operators;

/// <summary>What whoever runs the server does to workspaces while it runs. Outside the API's description, which is for customers.</summary>
public static class OperatorRoutes
{
    /// <summary>Maps nothing unless a token is set.</summary>
    /// <param name="plans">A plan as the settings have it now, by name; null when there is none.</param>
    public static void MapOperator(this IEndpointRouteBuilder routes, Func<string, PlanLimits?> plans)
    {
        if (!routes.ServiceProvider.GetRequiredService<OperatorDoor>().IsThere)
        {
            return;
        }

        var group = routes.MapGroup(ApiRoutes.Operator).AllowAnonymous().ExcludeFromDescription();
        group.MapPut("workspaces/{workspace}/plan", (string workspace, HttpContext context, IGrainFactory grains) => ChangePlan(workspace, context, grains, plans));
    }

    private static async Task<IResult> ChangePlan(string workspace, HttpContext context, IGrainFactory grains, Func<string, PlanLimits?> plans)
    {
        var (request, problem) = await RequestBody.Read(context, ApiJson.Default.PlanRequest);
        if (problem is not null)
        {
            return problem;
        }

        if (request!.Plan is not { } name || plans(name) is not { } plan)
        {
            return ApiProblem.Validation("plan", "is no plan: neither built in nor set by Conclude:Plans");
        }

        return GrainKeys.IsWorkspaceId(workspace) && await grains.Tenant(workspace).ChangePlan(Author.Operator, plan) == SaveStatus.Saved
            ? TypedResults.Json(PlanJson.Of(workspace, plan), ApiJson.Default.PlanJson)
            : ApiProblem.NotFound;
    }
}
