using System.Collections.Immutable;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>All that is stored of one person, to be handed out.</summary>
internal static class PersonQueries
{
    private const int PageRows = 10_000;

    /// <returns>Null when nothing but events could be theirs.</returns>
    public static PersonRecord? Record(IQueries queries, string workspace, string userKey)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return null;
        }
        var history = UserQueries.History(queries, workspace, userKey);
        ImmutableArray<string> keys = [userKey, .. history.Browsers.Select(static b => b.UserKey)];
        return new PersonRecord(keys, history.Person, Prompts(queries, id, keys)) { LinkedTo = history.LinkedTo?.UserKey };
    }

    /// <summary>Looks at the next rows of the workspace, whoever they are of: events know no index by person.</summary>
    /// <returns>Those of the keys, and where to go on; null at the end.</returns>
    public static (ImmutableArray<PersonEvent> Events, Guid? Next) Events(IQueries queries, string workspace, ImmutableArray<string> keys, Guid after)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return ([], null);
        }
        using var rows = queries.Open("events_of_person").Add(id).Add(after).Add(PageRows).Add(Json(keys));
        var events = ImmutableArray.CreateBuilder<PersonEvent>();
        Guid? last = null;
        while (rows.Next())
        {
            last = rows.Guid(0);
            if (rows.TextOrNull(1) is { } name)
            {
                events.Add(new PersonEvent(last.Value, name, rows.Time(2), rows.Time(3), (Verdict)rows.Long(4), Label: rows.TextOrNull(5)));
            }
        }
        return (events.DrainToImmutable(), last);
    }

    private static ImmutableArray<PersonPrompt> Prompts(IQueries queries, long workspace, ImmutableArray<string> keys)
    {
        using var rows = queries.Open("prompts_of_person").Add(workspace).Add(Json(keys));
        var prompts = ImmutableArray.CreateBuilder<PersonPrompt>();
        while (rows.Next())
        {
            prompts.Add(new PersonPrompt
            {
                Id = rows.Guid(0),
                Event = rows.Text(1),
                Question = rows.Text(2),
                FollowUp = rows.TextOrNull(3),
                GrantedAt = rows.Time(4),
                SeenAt = rows.TimeOrNull(5),
                DismissedAt = rows.TimeOrNull(6),
                Reaction = rows.IsNull(7) ? null : (Reaction)rows.Long(7),
                ReactedAt = rows.TimeOrNull(8),
                Comment = rows.TextOrNull(9),
                CommentedAt = rows.TimeOrNull(10),
                Person = PersonJson.Read(rows.TextOrNull(11)),
                Context = new PageContext(rows.TextOrNull(12), rows.TextOrNull(13), rows.TextOrNull(14)),
                View = rows.TextOrNull(15),
            });
        }
        return prompts.DrainToImmutable();
    }

    private static string Json(ImmutableArray<string> keys) => JsonSerializer.Serialize(keys.AsEnumerable());
}
