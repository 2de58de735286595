using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Reads of answers, newest first, along an index of the workspace or of the event.</summary>
internal static class ResponseQueries
{
    private static readonly ResponseCursor Newest = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public static ImmutableArray<Response> Page(Session session, ResponseQuery query)
    {
        if (TotalsQueries.Scope(session, query.Workspace, query.Event) is not { } scope)
        {
            return [];
        }
        var before = query.Before ?? Newest;
        using var rows = session[query.Event is null ? "answers" : "answers_of_name"].Open()
            .Add(scope).Add(query.From ?? DateTimeOffset.UnixEpoch).Add(query.To ?? DateTimeOffset.MaxValue).Add(before.At).Add(before.PromptId);
        var page = ImmutableArray.CreateBuilder<Response>();
        while (page.Count < query.Limit && rows.Next())
        {
            if (Matches(rows, query))
            {
                page.Add(Read(rows));
            }
        }
        return page.DrainToImmutable();
    }

    // Here rather than in SQL: SQLite folds the case of ASCII letters only.
    private static bool Matches(Statement row, ResponseQuery query)
    {
        if (query.Reaction is { } reaction && (Reaction)row.Long(2) != reaction)
        {
            return false;
        }
        if (query.Text is null && !query.CommentsOnly)
        {
            return true;
        }
        var comment = row.TextOrNull(3);
        return comment is not null && (query.Text is null || comment.Contains(query.Text, StringComparison.OrdinalIgnoreCase));
    }

    private static Response Read(Statement row) => new(
        row.Guid(0), row.Text(1), (Reaction)row.Long(2), row.TextOrNull(3), PersonJson.Read(row.TextOrNull(4)),
        new PageContext(row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7)), row.Time(8));
}
