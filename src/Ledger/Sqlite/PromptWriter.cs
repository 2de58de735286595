using Conclude.Ledger.Outbox;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Writes prompts and their steps.</summary>
internal sealed class PromptWriter(NameBook names, TotalsWriter totals, UserRows users, OutboxWriter outbox, CommitLog log)
{
    public static Prompt? Find(Session session, WorkspaceState workspace, Guid id)
    {
        using var found = session["find_prompt"].Open().Add(workspace.Id).Add(id);
        return found.Next() ? PromptRow.Read(found) : null;
    }

    public static void Insert(Session session, NameState name, Prompt prompt, Grant grant) =>
        PromptColumns.Add(session["insert_prompt"].Open(), name.Workspace.Id, name.Id, prompt)
            .Add(grant.Person.IsEmpty ? null : PersonJson.Write(grant.Person))
            .Add(grant.Context.Url).Add(grant.Context.Locale).Add(grant.Context.Device).Run();

    /// <summary>Answers ever, and prompts that may still become one: live and not answered.</summary>
    public static long CapUse(Session session, NameState name, DateTimeOffset now)
    {
        using var use = session["cap_use"].Open().Add(name.Id).Add(now);
        use.Next();
        return use.Long(0);
    }

    /// <returns>False when the user's row or the prompt is not what the step was decided on.</returns>
    public bool Write(Session session, PromptChange change)
    {
        var workspace = names.Workspace(session, change.Workspace);
        if (users.Version(session, workspace, change.FenceKey) != change.ExpectedVersion
            || Find(session, workspace, change.Before.Id) is not { } stored || !PromptSteps.IsSame(stored, change.Before))
        {
            return false;
        }
        var after = PromptSteps.Stored(change.After);
        PromptColumns.AddSteps(session["change_prompt"].Open().Add(workspace.Id).Add(after.Id), after).Run();
        users.Bump(session, workspace, change.FenceKey);
        if (after.Test)
        {
            return true;
        }
        var name = names.FindOrAdd(session, workspace, after.Event);
        totals.Step(name, stored, after);
        if (PromptSteps.IsFirstReaction(stored, after))
        {
            session["move_cap"].Open().Add(name.Id).Run();
        }
        if (PromptSteps.IsAnswer(stored, after))
        {
            log.Add(workspace.Key, after);
            if (!change.Tell.IsEmpty)
            {
                var isReaction = PromptSteps.IsFirstReaction(stored, after);
                outbox.Write(
                    session, workspace, isReaction ? FactTypes.ReactionCreated : FactTypes.CommentCreated,
                    (isReaction ? after.ReactedAt : after.CommentedAt)!.Value, change.Tell, after.Id, data: null);
            }
        }
        return true;
    }
}
