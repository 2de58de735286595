using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Users;

/// <summary>What is stored of a person, or of a browser that nobody was named on: handed out, or erased; secret key.</summary>
internal static class UserRoutes
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management).WithTags("Users").WithCommonProblems();
        const string Person = "users/{externalId}";
        group.MapGet(Person, (string externalId, HttpContext context, Caller caller, ILedgerUpkeep ledger) => Export(Id(externalId, context), UserKeys.Person, caller, ledger, context.RequestAborted))
            .Exports("a person: facts, browsers, prompts, answers, events");
        group.MapDelete(Person, (string externalId, HttpContext context, Caller caller, Erasures erasures) => Erase(Id(externalId, context), UserKeys.Person, caller, erasures))
            .Erases("a person");
        const string Browser = "browsers/{anonymousId}";
        group.MapGet(Browser, (string anonymousId, HttpContext context, Caller caller, ILedgerUpkeep ledger) => Export(Id(anonymousId, context), UserKeys.Browser, caller, ledger, context.RequestAborted))
            .Exports("a browser that nobody was named on");
        group.MapDelete(Browser, (string anonymousId, HttpContext context, Caller caller, Erasures erasures) => Erase(Id(anonymousId, context), UserKeys.Browser, caller, erasures))
            .Erases("a browser that nobody was named on");
    }

    private static void Exports(this RouteHandlerBuilder route, string whose) =>
        route.WithSummary($"Everything stored of {whose}").Produces<UserExportJson>().WithProblems(404);

    private static void Erases(this RouteHandlerBuilder route, string whom) =>
        route.WithSummary($"Erase {whom}; totals stay. 202 when it takes longer than a request may: it goes on, through a restart too")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status202Accepted);

    private static async Task<IResult> Export(string id, Func<string, bool, string> key, Caller caller, ILedgerUpkeep ledger, CancellationToken cancellation)
    {
        List<PersonRecord> records = [];
        foreach (var userKey in new[] { key(id, false), key(id, true) })
        {
            if (await ledger.ReadPerson(caller.WorkspaceId, userKey, cancellation) is { } record)
            {
                records.Add(record);
            }
        }

        return records.Exists(static r => !r.Person.IsEmpty || !r.Prompts.IsEmpty || r.Keys.Length > 1) || await HasEvents(caller, ledger, records, cancellation)
            ? new UserExport(ledger, caller.WorkspaceId, [.. records])
            : ApiProblem.NotFound;
    }

    private static async Task<bool> HasEvents(Caller caller, ILedgerUpkeep ledger, List<PersonRecord> records, CancellationToken cancellation)
    {
        await foreach (var _ in ledger.ReadEventsOf(caller.WorkspaceId, [.. records.SelectMany(static r => r.Keys)], cancellation))
        {
            return true;
        }

        return false;
    }

    private static async Task<IResult> Erase(string id, Func<string, bool, string> key, Caller caller, Erasures erasures) =>
        await erasures.Erase(caller.WorkspaceId, key(id, false), key(id, true)) ? TypedResults.NoContent() : TypedResults.Accepted((string?)null);

    /// <summary>An id may hold a slash, which routing leaves encoded while it decodes the rest: then the address is read as it was sent.</summary>
    private static string Id(string routed, HttpContext context)
    {
        if (!routed.Contains('%', StringComparison.Ordinal))
        {
            return routed;
        }

        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        path = path[..(path.IndexOf('?') is >= 0 and var query ? query : path.Length)];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
