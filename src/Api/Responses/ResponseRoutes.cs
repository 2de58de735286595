using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Responses;

/// <summary>Answers of a workspace; secret key.</summary>
internal static class ResponseRoutes
{
    /// <summary>A page that is not full by then is given as it is, with where to go on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management).WithTags("Responses").WithCommonProblems();
        group.MapGet("responses", List)
            .WithSummary("Answers, newest first, by pages; a page may hold fewer than limit, even none, while next is there: a search that takes long is told where it is").WithProblems(400);
        group.MapGet("responses.csv", ([AsParameters] ResponseFilter filter, Caller caller, ILedgerSearch ledger) => Csv(filter, caller.WorkspaceId, ledger))
            .WithSummary("The same answers, all of them, as one file of comma-separated values; limit is not honoured")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").WithProblems(400);
    }

    /// <summary>All that the filter finds, of this workspace.</summary>
    public static IResult Csv(ResponseFilter filter, string workspace, ILedgerSearch ledger)
    {
        var (query, problem) = filter.Query(workspace);
        return query is null ? problem! : new ResponsesCsv(ledger, query with { Limit = ResponseFilter.MaxLimit });
    }

    private static async Task<Results<Ok<ResponsesJson>, ApiProblem>> List(
        [AsParameters] ResponseFilter filter, Caller caller, ILedgerSearch ledger, CancellationToken cancellation)
    {
        var (query, problem) = filter.Query(caller.WorkspaceId);
        if (query is null)
        {
            return problem!;
        }

        var page = await ledger.SearchResponses(query, Patience, cancellation);
        return TypedResults.Ok(new ResponsesJson([.. page.Items.Select(ResponseJson.Of)], page.Next is { } next ? Cursors.Write(next) : null));
    }
}
