using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Writes one fire: was it there before, does it fit, may it ask, then the rows.</summary>
internal sealed class FireWriter(NameBook names, TotalsWriter totals, UserRows users, OutboxWriter outbox, CommitLog log, long testFiresPerDay)
{
    private static readonly FireResult[] Accepted = [.. Verdicts.All.Select(static v => new FireResult(FireStatus.Accepted, v, null, null))];

    public FireResult Write(Session session, Fire fire)
    {
        var workspace = names.Workspace(session, fire.Workspace);
        var name = names.Find(session, workspace, fire.Event);
        var use = fire.Test ? totals.TestDay(session, workspace, fire.ReceivedAt) : totals.Month(session, workspace, fire.ReceivedAt);
        var fits = use.Fits(fire.Test ? testFiresPerDay : fire.Limits.EventsPerMonth);
        var isKnown = fits && MayName(session, workspace, name, fire);
        // Most fires are new, fit, and ask nothing: for them the insert alone finds out. The rest looks first.
        if ((name is null || !fits || !isKnown || fire.Grant is not null) && Find(session, workspace, fire) is { } before)
        {
            return before;
        }
        if (!fits)
        {
            return new FireResult(FireStatus.OverQuota, fire.Verdict, null, null);
        }
        if (!isKnown)
        {
            return new FireResult(FireStatus.TooManyNames, fire.Verdict, null, null);
        }
        name ??= names.FindOrAdd(session, workspace, fire.Event);
        var result = Decide(session, name, fire);
        if (result.Status is FireStatus.Conflict)
        {
            return result;
        }
        if (!Insert(session, workspace, name, fire, result))
        {
            return Find(session, workspace, fire) ?? throw new InvalidOperationException("An event is neither new nor there.");
        }
        totals.Add(workspace, use);
        if (!fire.AlertTo.IsEmpty && !fire.Test && fire.Limits.EventsPerMonth > 0)
        {
            outbox.Alert(session, workspace, fire, use.Total);
        }
        if (!fire.Test)
        {
            totals.Fire(name, UtcTime.Ms(fire.ReceivedAt), result.Verdict, fire.IsMoment);
        }
        log.Add(fire, result.Verdict, result.Until);
        return result;
    }

    private static bool Insert(Session session, WorkspaceState workspace, NameState name, Fire fire, FireResult result) =>
        session["insert_event"].Open()
            .Add(workspace.Id).Add(fire.Id).Add(name.Id).Add(fire.UserKey).Add(fire.At).Add(fire.ReceivedAt)
            .Add((long)result.Verdict).Add(result.Until).Add(result.Prompt?.Id).Add(fire.Test).Add(fire.UserLabel).Run() > 0;

    private static FireResult? Find(Session session, WorkspaceState workspace, Fire fire)
    {
        using var found = session["find_event"].Open().Add(workspace.Id).Add(fire.Id);
        if (!found.Next())
        {
            return null;
        }
        var prompt = found.IsNull(2) ? null : PromptWriter.Find(session, workspace, found.Guid(2));
        return new FireResult(FireStatus.Duplicate, (Verdict)found.Long(0), found.TimeOrNull(1), prompt);
    }

    private bool MayName(Session session, WorkspaceState workspace, NameState? name, Fire fire)
    {
        if (fire.Test || fire.IsMoment || fire.Limits is { EventNames: 0, NewNamesPerHour: 0 })
        {
            return true;
        }
        var receivedAt = UtcTime.Ms(fire.ReceivedAt);
        return NameCounts.IsActive(name?.LastSeen, UtcTime.HourOf(receivedAt))
            || totals.Counts(session, workspace, receivedAt).Fits(fire.Limits, isNew: name?.LastSeen is null);
    }

    private FireResult Decide(Session session, NameState name, Fire fire)
    {
        if (fire.Grant is not { } grant)
        {
            return fire.Until is null && (int)fire.Verdict < Accepted.Length
                ? Accepted[(int)fire.Verdict]
                : new FireResult(FireStatus.Accepted, fire.Verdict, UtcTime.Stored(fire.Until), null);
        }
        var prompt = PromptSteps.Stored(grant.Prompt);
        if (users.Version(session, name.Workspace, prompt.UserKey) != grant.ExpectedVersion)
        {
            return new FireResult(FireStatus.Conflict, fire.Verdict, null, null);
        }
        if (grant.ResponseCap is { } cap && PromptWriter.CapUse(session, name, fire.ReceivedAt) >= cap)
        {
            return Accepted[(int)Verdict.ResponseCap];
        }
        PromptWriter.Insert(session, name, prompt, grant);
        users.Bump(session, name.Workspace, prompt.UserKey);
        return new FireResult(FireStatus.Accepted, fire.Verdict, UtcTime.Stored(fire.Until), prompt);
    }
}
