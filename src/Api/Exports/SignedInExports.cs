using Conclude.Api.Errors;
using Conclude.Api.Responses;
using Conclude.Api.Users;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Exports;

/// <summary>
/// The API's own files for people who are signed in rather than for programs with a key. The host says where they lie, whom it lets in,
/// and which workspace is whose: nothing that a request says chooses it.
/// </summary>
public static class SignedInExports
{
    /// <summary>What <c>GET responses.csv</c> answers, by the same parameters.</summary>
    /// <param name="workspace">Of who is signed in.</param>
    public static RouteHandlerBuilder MapResponsesExport(this IEndpointRouteBuilder routes, string path, Func<HttpContext, string> workspace) =>
        routes.MapGet(path, ([AsParameters] ResponseFilter filter, HttpContext context, ILedgerSearch ledger) => ResponseRoutes.Csv(filter, workspace(context), ledger));

    /// <summary>What <c>GET users/{externalId}</c> or <c>GET browsers/{anonymousId}</c> answers, by parameters of these names.</summary>
    /// <param name="workspace">Of who is signed in.</param>
    public static RouteHandlerBuilder MapPersonExport(this IEndpointRouteBuilder routes, string path, Func<HttpContext, string> workspace) =>
        routes.MapGet(path, (string? externalId, string? anonymousId, HttpContext context, ILedgerUpkeep ledger) =>
            externalId is { Length: > 0 } person ? Person(person, UserKeys.Person, context, workspace(context), ledger)
            : anonymousId is { Length: > 0 } browser ? Person(browser, UserKeys.Browser, context, workspace(context), ledger)
            : Task.FromResult<IResult>(ApiProblem.NotFound));

    private static async Task<IResult> Person(string id, Func<string, bool, string> key, HttpContext context, string workspace, ILedgerUpkeep ledger)
    {
        var answer = await UserRoutes.Export(id, key, workspace, ledger, context.RequestAborted);
        if (answer is UserExport)
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
        }

        return answer;
    }
}
