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
    private delegate string KeyOf(string id, bool test = false);

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management).WithTags("Users").WithCommonProblems();
        Map(group, "users/{externalId}", UserKeys.Person, "a person: facts, browsers, prompts, answers, events");
        Map(group, "browsers/{anonymousId}", UserKeys.Browser, "a browser");
    }

    private static void Map(RouteGroupBuilder group, string route, KeyOf key, string whose)
    {
        group.MapGet(route, (HttpContext context, Caller caller, ILedgerUpkeep ledger) => Export(context, caller, ledger, key))
            .WithSummary($"Everything stored of {whose}").Produces<UserExportJson>().WithProblems(404);
        group.MapDelete(route, (HttpContext context, Caller caller, Erasures erasures) => Erase(context, caller, erasures, key))
            .WithSummary($"Erase {whose}. Totals stay. 202 when it takes longer than the request may: it goes on, through a restart too")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Export(HttpContext context, Caller caller, ILedgerUpkeep ledger, KeyOf key)
    {
        var id = Id(context);
        List<PersonRecord> records = [];
        foreach (var userKey in new[] { key(id), key(id, test: true) })
        {
            if (await ledger.ReadPerson(caller.WorkspaceId, userKey, context.RequestAborted) is { } record)
            {
                records.Add(record);
            }
        }

        return records.Exists(static r => !r.Person.IsEmpty || !r.Prompts.IsEmpty || r.Keys.Length > 1) || await HasEvents(caller, ledger, records, context.RequestAborted)
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

    private static async Task<IResult> Erase(HttpContext context, Caller caller, Erasures erasures, KeyOf key)
    {
        var id = Id(context);
        return await erasures.Erase(caller.WorkspaceId, key(id), key(id, test: true)) ? TypedResults.NoContent() : TypedResults.Accepted((string?)null);
    }

    /// <summary>The last part of the address as it was sent: an id may hold a slash, which routing leaves encoded and decodes the rest.</summary>
    private static string Id(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        path = path[..(path.IndexOf('?') is >= 0 and var query ? query : path.Length)];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
