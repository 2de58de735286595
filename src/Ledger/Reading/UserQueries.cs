using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of one user.</summary>
internal static class UserQueries
{
    public static UserHistory History(IQueries queries, string workspace, string userKey)
    {
        if (Workspace(queries, workspace) is not { } id)
        {
            return UserHistory.Empty with { Version = Fence(queries) };
        }
        var (version, person) = Row(queries, id, userKey);
        return new UserHistory(version, person, LinkedTo(queries, id, userKey), Browsers(queries, id, userKey), Prompts(queries, id, userKey));
    }

    public static Prompt? Prompt(IQueries queries, string workspace, Guid promptId)
    {
        if (Workspace(queries, workspace) is not { } id)
        {
            return null;
        }
        using var found = queries.Open("prompt").Add(id).Add(promptId);
        return found.Next() ? PromptRow.Read(found) : null;
    }

    /// <returns>The workspace's number; null when it has stored nothing.</returns>
    public static long? Workspace(IQueries queries, string key)
    {
        using var found = queries.Open("workspace").Add(key);
        return found.Next() ? found.Long(0) : null;
    }

    private static (long Version, Person Person) Row(IQueries queries, long workspace, string userKey)
    {
        using var found = queries.Open("user").Add(workspace).Add(userKey);
        found.Next();
        return (found.Long(0), PersonJson.Read(found.TextOrNull(1)));
    }

    private static long Fence(IQueries queries)
    {
        using var fence = queries.Open("fence");
        return fence.Next() ? fence.Long(0) : 0;
    }

    private static LinkedKey? LinkedTo(IQueries queries, long workspace, string userKey)
    {
        using var found = queries.Open("link").Add(workspace).Add(userKey);
        return found.Next() ? new LinkedKey(found.Text(0), found.Bool(1)) : null;
    }

    private static ImmutableArray<LinkedKey> Browsers(IQueries queries, long workspace, string userKey)
    {
        using var rows = queries.Open("browsers").Add(workspace).Add(userKey);
        var browsers = ImmutableArray.CreateBuilder<LinkedKey>();
        while (rows.Next())
        {
            browsers.Add(new LinkedKey(rows.Text(0), rows.Bool(1)));
        }
        return browsers.DrainToImmutable();
    }

    private static ImmutableArray<Prompt> Prompts(IQueries queries, long workspace, string userKey)
    {
        using var rows = queries.Open("prompts_of_user").Add(workspace).Add(userKey);
        var prompts = ImmutableArray.CreateBuilder<Prompt>();
        while (rows.Next())
        {
            prompts.Add(PromptRow.Read(rows));
        }
        return prompts.DrainToImmutable();
    }
}
