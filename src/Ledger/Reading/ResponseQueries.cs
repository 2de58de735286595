using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of answers, newest first, along an index of the workspace or of the event.</summary>
internal static class ResponseQueries
{
    // A store may send all that a statement selects, read or not.
    private const int ChunkRows = 200;
    private static readonly ResponseCursor Newest = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public static ImmutableArray<Response> Page(IQueries queries, ResponseQuery query)
    {
        if (TotalsQueries.Scope(queries, query.Workspace, query.Event) is not { } scope)
        {
            return [];
        }
        var page = ImmutableArray.CreateBuilder<Response>();
        var before = query.Before ?? Newest;
        while (Chunk(queries, query, scope, ref before, page))
        {
        }
        return page.DrainToImmutable();
    }

    /// <returns>False when the page is full or nothing is left.</returns>
    private static bool Chunk(IQueries queries, ResponseQuery query, long scope, ref ResponseCursor before, ImmutableArray<Response>.Builder page)
    {
        using var rows = queries.Open(query.Event is null ? "answers" : "answers_of_name")
            .Add(scope).Add(query.From ?? DateTimeOffset.UnixEpoch).Add(query.To ?? DateTimeOffset.MaxValue).Add(before.At).Add(before.PromptId).Add(ChunkRows);
        var read = 0;
        while (page.Count < query.Limit && rows.Next())
        {
            read++;
            before = new ResponseCursor(rows.Time(8), rows.Guid(0));
            if (Matches(rows, query))
            {
                page.Add(Read(rows));
            }
        }
        return read == ChunkRows && page.Count < query.Limit;
    }

    // Here rather than in SQL, where each store folds letter case in its own way: SQLite that of ASCII alone.
    private static bool Matches(Query row, ResponseQuery query)
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

    private static Response Read(Query row) => new(
        row.Guid(0), row.Text(1), (Reaction)row.Long(2), row.TextOrNull(3), PersonJson.Read(row.TextOrNull(4)),
        new PageContext(row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7)), row.Time(8));
}
