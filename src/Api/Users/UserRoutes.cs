using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Users;

/// <summary>What is stored of a person, or of a browser that nobody was named on: handed out, or erased; secret key.</summary>
internal static class UserRoutes
{
    private const string Slash = "%2F";

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management).WithTags("Users").WithCommonProblems();
        const string Person = "users/{externalId}";
        group.MapGet(Person, (string externalId, HttpContext context, Caller caller, ILedgerUpkeep ledger) => Export(Id(externalId, context), UserKeys.Person, caller.WorkspaceId, ledger, context.RequestAborted))
            .Exports("a person: facts, browsers, prompts, answers, events");
        group.MapDelete(Person, (string externalId, HttpContext context, Caller caller, Erasures erasures, IGrainFactory grains) => Erase(Id(externalId, context), UserKeys.Person, caller, erasures, grains))
            .Erases("a person");
        const string Browser = "browsers/{anonymousId}";
        group.MapGet(Browser, (string anonymousId, HttpContext context, Caller caller, ILedgerUpkeep ledger) => Export(Id(anonymousId, context), UserKeys.Browser, caller.WorkspaceId, ledger, context.RequestAborted))
            .Exports("a browser that nobody was named on");
        group.MapDelete(Browser, (string anonymousId, HttpContext context, Caller caller, Erasures erasures, IGrainFactory grains) => Erase(Id(anonymousId, context), UserKeys.Browser, caller, erasures, grains))
            .Erases("a browser that nobody was named on");
    }

    private static void Exports(this RouteHandlerBuilder route, string whose) =>
        route.WithSummary($"Everything stored of {whose}").Produces<UserExportJson>().WithProblems(404);

    private static void Erases(this RouteHandlerBuilder route, string whom) =>
        route.WithSummary($"Erase {whom}; totals stay. 202 when it takes longer than a request may: it goes on, through a restart too")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status202Accepted).WithProblems(404);

    /// <returns>A <see cref="UserExport"/>, or that there is nobody.</returns>
    public static async Task<IResult> Export(string id, Func<string, bool, string> key, string workspace, ILedgerUpkeep ledger, CancellationToken cancellation)
    {
        if (!UserKeys.IsId(id))
        {
            return ApiProblem.NotFound;
        }

        List<PersonRecord> records = [];
        foreach (var userKey in new[] { key(id, false), key(id, true) })
        {
            if (await ledger.ReadPerson(workspace, userKey, cancellation) is { } record)
            {
                records.Add(record);
            }
        }

        return records.Exists(static r => !r.Person.IsEmpty || !r.Prompts.IsEmpty || r.Keys.Length > 1) || await HasEvents(workspace, ledger, records, cancellation)
            ? new UserExport(ledger, workspace, [.. records])
            : ApiProblem.NotFound;
    }

    private static async Task<bool> HasEvents(string workspace, ILedgerUpkeep ledger, List<PersonRecord> records, CancellationToken cancellation)
    {
        await foreach (var _ in ledger.ReadEventsOf(workspace, [.. records.SelectMany(static r => r.Keys)], cancellation))
        {
            return true;
        }

        return false;
    }

    private static async Task<IResult> Erase(string id, Func<string, bool, string> key, Caller caller, Erasures erasures, IGrainFactory grains) =>
        !UserKeys.IsId(id) ? ApiProblem.NotFound
        // Noted first: no erasure without its entry in the audit log, whatever happens in between.
        : await caller.Tenant(grains).NoteErasure(key(id, false)) switch
        {
            SaveStatus.Saved => await erasures.Erase(caller.WorkspaceId, key(id, false), key(id, true)) ? TypedResults.NoContent() : TypedResults.Accepted((string?)null),
            SaveStatus.NotAllowed => ApiProblem.UnknownKey,
            _ => ApiProblem.NotFound,
        };

    /// <summary>
    /// An id may hold a slash, which routing leaves encoded while it decodes the rest, a percent sign too: the part of the address that it was
    /// read from, as it was sent, tells one from the other.
    /// </summary>
    private static string Id(string routed, HttpContext context)
    {
        if (!routed.Contains('%', StringComparison.Ordinal))
        {
            return routed;
        }

        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        path = path[..(path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? query : path.Length)];
        var sent = Array.FindLast(path.Split('/'), part => Uri.UnescapeDataString(part.Replace(Slash, "%25" + Slash[1..], StringComparison.OrdinalIgnoreCase)).Equals(routed, StringComparison.OrdinalIgnoreCase));
        return sent is null ? routed.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase) : Uri.UnescapeDataString(sent);
    }
}
