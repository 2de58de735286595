using System.Collections.Immutable;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.Widget;

/// <summary>A request whose envelope is valid: who, where, and which of its events can be recorded.</summary>
/// <param name="UserKey">The person when the request names one, else the browser.</param>
/// <param name="Browser">The anonymous id beside an external id: to be linked.</param>
/// <param name="Print">What the request states of its user, to tell whether it states anything new; null when it states nothing.</param>
internal sealed record EventsIntake(
    string UserKey, Person Person, string? Browser, UInt128? Print, PageContext Context,
    ImmutableArray<IncomingEvent> Events, List<RejectedJson> Rejected)
{
    public const int MaxEvents = 100;

    /// <returns>The intake; or 400 <c>validation</c>, or 403 <c>identity_not_verified</c>.</returns>
    public static Reading<EventsIntake> Check(EventsRequest request, Caller caller, DateTimeOffset receivedAt)
    {
        var fields = new Fields();
        UserChecks.Check(request.User, request.Context, fields);
        if (request.Events is not { Length: >= 1 and <= MaxEvents })
        {
            fields.Add("events", $"1–{MaxEvents} events");
        }

        if (fields.Errors is { } errors)
        {
            return ApiProblem.Validation(errors);
        }

        var (user, workspace) = (request.User!, caller.Workspace);
        var verified = user.ExternalId is not null && IdentityProof.Holds(user.ExternalId, user.Hash, workspace.IdentitySecret);
        if (user.ExternalId is not null && !verified && workspace.Settings.RequireVerifiedIdentity)
        {
            return ApiProblem.IdentityNotVerified;
        }

        var events = ImmutableArray.CreateBuilder<IncomingEvent>(request.Events!.Length);
        var rejected = new List<RejectedJson>();
        foreach (ref readonly var sent in request.Events.AsSpan())
        {
            if (Refusal(sent, workspace, request.SentAt, receivedAt, out var accepted) is { } refusal)
            {
                rejected.Add(refusal);
            }
            else
            {
                events.Add(accepted!);
            }
        }

        var userKey = user.ExternalId is { } person ? UserKeys.Person(person, caller.IsTest) : UserKeys.Browser(user.AnonymousId!, caller.IsTest);
        return new EventsIntake(
            userKey,
            UserChecks.Person(user, verified),
            user.ExternalId is null ? null : user.AnonymousId,
            user.ExternalId is not null || user.StatesFacts ? ToldIdentities.Print(workspace.Workspace, userKey, user, verified) : null,
            request.Context is { } page ? new PageContext(page.Url, page.Locale, page.Device) : PageContext.Unknown,
            events.DrainToImmutable(),
            rejected);
    }

    private static RejectedJson? Refusal(
        in EventJson sent, WorkspaceSnapshot workspace, DateTimeOffset? sentAt, DateTimeOffset receivedAt, out IncomingEvent? accepted)
    {
        accepted = null;
        if (sent.Id is not { } id)
        {
            return new(sent.IdAsSent, "invalid_id", "The id must be a UUID.");
        }

        if (!EventNames.IsValid(sent.Name))
        {
            return new(sent.IdAsSent, "invalid_name", $"A name is 1–{EventNames.MaxLength} letters, digits or _ . : -");
        }

        if (workspace.IsBlocked(sent.Name!))
        {
            return new(sent.IdAsSent, "blocked_event_name", "The workspace ignores events of this name.");
        }

        var (at, age) = EventTimes.Of(sent.At, sentAt, receivedAt);
        if (sent.IsTimeWrong || age > EventTimes.MaxAge)
        {
            return new(sent.IdAsSent, "invalid_time", "The time must be ISO 8601 and at most 7 days before sentAt.");
        }

        accepted = new IncomingEvent(id, sent.Name!, at, age);
        return null;
    }
}
