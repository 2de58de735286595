using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Audit;

/// <summary>Who changed the workspace, when and what; secret key.</summary>
internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGroup(ApiRoutes.Management).WithTags("Audit log").WithCommonProblems()
        .MapGet("audit", List).WithSummary("Changes to the workspace, newest first, by pages; kept for 400 days").WithProblems(400);

    private static async Task<Results<Ok<AuditJson>, ApiProblem>> List(
        [AsParameters] AuditFilter filter, Caller caller, ILedgerAudit audit, CancellationToken cancellation)
    {
        var (query, problem) = filter.Query(caller.WorkspaceId);
        if (query is null)
        {
            return problem!;
        }

        var page = await audit.ReadAudit(query, cancellation);
        long? next = page.Length == query.Limit ? page[^1].Sequence : null;
        // A full page may be the last one: say so rather than hand out a cursor to nothing.
        var isLast = next is null || (await audit.ReadAudit(query with { Limit = 1, Before = next }, cancellation)).IsEmpty;
        return TypedResults.Ok(new AuditJson([.. page.Select(AuditEntryJson.Of)], isLast ? null : AuditFilter.Cursor(next!.Value)));
    }
}
