using Conclude.Api.Errors;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Health;

/// <summary>For whoever runs this: is the process alive, and may it be sent requests.</summary>
internal static class HealthRoutes
{
    /// <summary>Many a monitor asks with HEAD.</summary>
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapMethods("live", Methods, Live).WithSummary("The process answers");
        group.MapMethods("ready", Methods, Ready).WithSummary("The store answers too, and the process is not about to stop").WithProblems(503);
    }

    private static Ok<HealthJson> Live() => TypedResults.Ok(HealthJson.Live);

    private static async Task<Results<Ok<HealthJson>, ApiProblem>> Ready(ILedger ledger, Readiness readiness, CancellationToken cancellation) =>
        readiness.IsStopping ? ApiProblem.Stopping
        : await ledger.IsReady(cancellation) ? TypedResults.Ok(HealthJson.Ready) : ApiProblem.StoreUnavailable;
}
