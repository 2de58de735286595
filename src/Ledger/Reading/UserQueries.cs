using System.Collections.Immutable;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of one user.</summary>
internal static class UserQueries
{
    private const int FirstOfPrompt = 6;

    /// <summary>One statement: its own snapshot.</summary>
    public static UserHistory History(IQueries queries, string workspace, string userKey)
    {
        using var rows = queries.Open("history").Add(workspace).Add(userKey);
        rows.Next();
        var (version, person) = (rows.Long(1), PersonJson.Read(rows.TextOrNull(2)));
        var linkedTo = rows.TextOrNull(3) is { } linked ? new LinkedKey(linked, rows.Bool(4)) : null;
        var browsers = Browsers(rows.TextOrNull(5));
        var prompts = ImmutableArray.CreateBuilder<Prompt>();
        while (!rows.IsNull(FirstOfPrompt))
        {
            prompts.Add(PromptRow.Read(rows, FirstOfPrompt));
            if (!rows.Next())
            {
                break;
            }
        }
        return new UserHistory(version, person, linkedTo, browsers, prompts.DrainToImmutable());
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

    /// <param name="json">Pairs of key and 0 or 1.</param>
    private static ImmutableArray<LinkedKey> Browsers(string? json)
    {
        if (json is null or "[]")
        {
            return [];
        }
        using var pairs = JsonDocument.Parse(json);
        return [.. pairs.RootElement.EnumerateArray().Select(static pair => new LinkedKey(pair[0].GetString()!, pair[1].GetInt32() != 0))];
    }
}
