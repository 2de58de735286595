using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Usage;

/// <summary>Use of the plan; secret key.</summary>
internal static class UsageRoutes
{
    public static void MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGroup(ApiRoutes.Management).WithTags("Usage").WithCommonProblems()
            .MapGet("usage", Get).WithSummary("What the workspace uses of its plan in this UTC month");

    private static async Task<Ok<UsageJson>> Get(Caller caller, ILedger ledger, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var period = UsagePeriod.Of(now);
        var plan = caller.Workspace.Plan;
        return TypedResults.Ok(new UsageJson(
            plan.Name, period.Start, period.End,
            new UsedJson(await ledger.ReadUsage(caller.WorkspaceId, now, cancellation), plan.EventsPerMonth),
            new UsedJson(caller.Workspace.Moments.Count, plan.Moments),
            new UsedJson(caller.Workspace.Members.Length, plan.Members)));
    }
}
