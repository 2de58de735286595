using System.Runtime.InteropServices;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>Applies operations in order to what was read, and notes what is to be written. Touches no store.</summary>
internal sealed class BatchRules(BatchState state, CommitLog log, long testFiresPerDay)
{
    public void Apply(Operation operation)
    {
        switch (operation)
        {
            case AppendOperation append:
                append.Result = ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(append.Fires, Write));
                break;
            case ChangeOperation change:
                change.Result = Write(change.Change);
                break;
            case JoinOperation join:
                join.Result = Write(join.Link);
                break;
            case DescribeOperation describe:
                describe.Result = Write(describe);
                break;
            case ProbeOperation probe:
                probe.Result = true;
                break;
            default:
                throw new NotSupportedException(operation.GetType().Name);
        }
    }

    private FireResult Write(Fire fire)
    {
        var workspace = state[fire.Workspace];
        if (state.Events.TryGetValue((workspace.Id, fire.Id), out var before))
        {
            return new FireResult(FireStatus.Duplicate, before.Verdict, before.Until, before.Prompt?.Now);
        }
        var use = state.Use(workspace, fire);
        if (!use.Fits(fire.Test ? testFiresPerDay : fire.Limits.EventsPerMonth))
        {
            return new FireResult(FireStatus.OverQuota, fire.Verdict, null, null);
        }
        if (!MayName(workspace, fire))
        {
            return new FireResult(FireStatus.TooManyNames, fire.Verdict, null, null);
        }
        var (status, stored) = Decide(workspace, fire);
        if (status is FireStatus.Conflict)
        {
            return new FireResult(status, fire.Verdict, null, null);
        }
        var name = BatchState.Name(workspace, fire.Event);
        if (!fire.Test)
        {
            workspace.Count(name, fire.IsMoment, UtcTime.Ms(fire.ReceivedAt));
            name.Fire(UtcTime.Ms(fire.ReceivedAt), stored.Verdict, fire.IsMoment);
        }
        use.Add();
        if (!fire.AlertTo.IsEmpty && !fire.Test && fire.Limits.EventsPerMonth > 0)
        {
            state.Watched[(workspace.Id, use.Period)] = fire;
        }
        state.Events.Add((workspace.Id, fire.Id), stored);
        state.Added.Add((fire, name, stored));
        log.Add(fire, stored.Verdict, stored.Until);
        return new FireResult(status, stored.Verdict, stored.Until, stored.Prompt?.Now);
    }

    private static bool MayName(WorkspaceState workspace, Fire fire)
    {
        if (fire.Test || fire.IsMoment || fire.Limits is { EventNames: 0, NewNamesPerHour: 0 })
        {
            return true;
        }
        var hour = UtcTime.HourOf(UtcTime.Ms(fire.ReceivedAt));
        var lastSeen = workspace.Names.GetValueOrDefault(fire.Event)?.LastSeen;
        if (NameCounts.IsActive(lastSeen, hour))
        {
            return true;
        }
        if (workspace.Counts?.Hour != hour)
        {
            var unpromoted = workspace.Names.Values.Where(static n => n is { IsMoment: false, LastSeen: not null }).ToArray();
            workspace.Counts = new NameCounts(hour)
            {
                Active = unpromoted.Count(n => NameCounts.IsActive(n.LastSeen, hour)),
                New = unpromoted.Count(n => UtcTime.HourOf(n.FirstSeen!.Value) == hour),
            };
        }
        return workspace.Counts.Fits(fire.Limits, isNew: lastSeen is null);
    }

    private (FireStatus Status, StoredEvent Stored) Decide(WorkspaceState workspace, Fire fire)
    {
        if (fire.Grant is not { } grant)
        {
            return (FireStatus.Accepted, new StoredEvent(fire.Verdict, UtcTime.Stored(fire.Until), Prompt: null));
        }
        var prompt = PromptSteps.Stored(grant.Prompt);
        var user = state.User(workspace, prompt.UserKey);
        if (user.Version != grant.ExpectedVersion)
        {
            return (FireStatus.Conflict, new StoredEvent(fire.Verdict, Until: null, Prompt: null));
        }
        var cap = state.Caps.GetValueOrDefault((workspace.Id, fire.Event));
        if (cap?.Use(UtcTime.Ms(fire.ReceivedAt)) >= grant.ResponseCap)
        {
            return (FireStatus.Accepted, new StoredEvent(Verdict.ResponseCap, Until: null, Prompt: null));
        }
        PromptState granted = new(workspace, prompt, grant);
        state.Prompts.Add((workspace.Id, prompt.Id), granted);
        user.Bump();
        if (!prompt.Test)
        {
            cap?.Open(prompt.Id, UtcTime.Ms(prompt.LiveUntil));
        }
        return (FireStatus.Accepted, new StoredEvent(Verdict.Shown, UtcTime.Stored(fire.Until), granted));
    }

    /// <returns>False when the user's row or the prompt is not what the step was decided on.</returns>
    private bool Write(PromptChange change)
    {
        var workspace = state[change.Workspace];
        var fence = state.User(workspace, change.FenceKey);
        if (fence.Version != change.ExpectedVersion
            || !state.Prompts.TryGetValue((workspace.Id, change.Before.Id), out var prompt) || !PromptSteps.IsSame(prompt.Now, change.Before))
        {
            return false;
        }
        var (before, after) = (prompt.Now, PromptSteps.Stored(change.After));
        prompt.Change(after);
        fence.Bump();
        if (after.Test)
        {
            return true;
        }
        var name = BatchState.Name(workspace, after.Event);
        PromptSteps.Move(name, before, after);
        var cap = state.Caps.GetValueOrDefault((workspace.Id, after.Event));
        if (PromptSteps.IsFirstReaction(before, after))
        {
            state.Answered[name] = state.Answered.GetValueOrDefault(name) + 1;
            cap?.Answer(after.Id);
        }
        else if (after.Reaction is null)
        {
            cap?.Open(after.Id, UtcTime.Ms(after.LiveUntil));
        }
        if (PromptSteps.IsAnswer(before, after))
        {
            log.Add(workspace.Key, after);
            if (!change.Tell.IsEmpty)
            {
                state.Told.Add(ToldStep.Of(workspace, before, after, change.Tell));
            }
        }
        return true;
    }

    /// <returns>False when a version has moved on, or the browser is linked. The same link, now proved, is taken.</returns>
    private bool Write(Link link)
    {
        var workspace = state[link.Workspace];
        var (browser, person) = (state.User(workspace, link.AnonymousKey), state.User(workspace, link.PersonKey));
        if (browser.Version != link.AnonymousVersion || person.Version != link.PersonVersion
            || (state.Links.TryGetValue((workspace.Id, link.AnonymousKey), out var known)
                && (known.UserKey != link.PersonKey || known.Verified || !link.Verified)))
        {
            return false;
        }
        state.Links[(workspace.Id, link.AnonymousKey)] = new LinkedKey(link.PersonKey, link.Verified);
        // One statement cannot touch a row twice: a link proved within its own batch is written as proved.
        state.Linked.RemoveAll(l => l.Workspace == link.Workspace && l.AnonymousKey == link.AnonymousKey);
        state.Linked.Add(link);
        browser.Bump();
        person.Bump();
        return true;
    }

    private bool Write(DescribeOperation described)
    {
        var user = state.User(state[described.Workspace], described.UserKey);
        if (described.ExpectedVersion is { } expected && user.Version != expected)
        {
            return false;
        }
        if (!described.Verified && user.Verified)
        {
            return true;
        }
        user.Describe(described);
        return true;
    }
}
