using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Reads of one user.</summary>
internal static class UserQueries
{
    public static UserHistory History(Session session, string workspace, string userKey)
    {
        if (Workspace(session, workspace) is not { } id)
        {
            return UserHistory.Empty;
        }
        var (version, person) = Row(session, id, userKey);
        return new UserHistory(version, person, LinkedTo(session, id, userKey), Browsers(session, id, userKey), Prompts(session, id, userKey));
    }

    public static Prompt? Prompt(Session session, string workspace, Guid promptId)
    {
        if (Workspace(session, workspace) is not { } id)
        {
            return null;
        }
        using var found = session["prompt"].Open().Add(id).Add(promptId);
        return found.Next() ? PromptColumns.Read(found) : null;
    }

    /// <returns>The workspace's number; null when it has stored nothing.</returns>
    public static long? Workspace(Session session, string key)
    {
        using var found = session["workspace"].Open().Add(key);
        return found.Next() ? found.Long(0) : null;
    }

    private static (long Version, Person Person) Row(Session session, long workspace, string userKey)
    {
        using var found = session["user"].Open().Add(workspace).Add(userKey);
        return found.Next() ? (found.Long(0), PersonJson.Read(found.TextOrNull(1))) : (0, Person.Nobody);
    }

    private static LinkedKey? LinkedTo(Session session, long workspace, string userKey)
    {
        using var found = session["link"].Open().Add(workspace).Add(userKey);
        return found.Next() ? new LinkedKey(found.Text(0), found.Bool(1)) : null;
    }

    private static ImmutableArray<LinkedKey> Browsers(Session session, long workspace, string userKey)
    {
        using var rows = session["browsers"].Open().Add(workspace).Add(userKey);
        var browsers = ImmutableArray.CreateBuilder<LinkedKey>();
        while (rows.Next())
        {
            browsers.Add(new LinkedKey(rows.Text(0), rows.Bool(1)));
        }
        return browsers.DrainToImmutable();
    }

    private static ImmutableArray<Prompt> Prompts(Session session, long workspace, string userKey)
    {
        using var rows = session["prompts_of_user"].Open().Add(workspace).Add(userKey);
        var prompts = ImmutableArray.CreateBuilder<Prompt>();
        while (rows.Next())
        {
            prompts.Add(PromptColumns.Read(rows));
        }
        return prompts.DrainToImmutable();
    }
}
