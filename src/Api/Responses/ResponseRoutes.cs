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
    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management).WithTags("Responses").WithCommonProblems();
        group.MapGet("responses", List).WithSummary("Answers, newest first, by pages").WithProblems(400);
        group.MapGet("responses.csv", Csv).WithSummary("The same answers, all of them, as one file of comma-separated values; limit is not honoured")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").WithProblems(400);
    }

    private static IResult Csv([AsParameters] ResponseFilter filter, Caller caller, ILedger ledger)
    {
        var (query, problem) = filter.Query(caller.WorkspaceId);
        return query is null ? problem! : new ResponsesCsv(ledger, query with { Limit = ResponseFilter.MaxLimit });
    }

    private static async Task<Results<Ok<ResponsesJson>, ApiProblem>> List(
        [AsParameters] ResponseFilter filter, Caller caller, ILedger ledger, CancellationToken cancellation)
    {
        var (query, problem) = filter.Query(caller.WorkspaceId);
        if (query is null)
        {
            return problem!;
        }

        var page = await ledger.ReadResponses(query, cancellation);
        var next = page.Length == query.Limit ? new ResponseCursor(page[^1].At, page[^1].PromptId) : null;
        // A full page may be the last one: say so rather than hand out a cursor to nothing.
        var isLast = next is null || (await ledger.ReadResponses(query with { Limit = 1, Before = next }, cancellation)).IsEmpty;
        return TypedResults.Ok(new ResponsesJson([.. page.Select(ResponseJson.Of)], isLast ? null : Cursors.Write(next!)));
    }
}
