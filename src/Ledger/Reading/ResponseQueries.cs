using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of answers, newest first, along an index of the workspace or of the event.</summary>
internal static class ResponseQueries
{
    // A store may send all that a statement selects, read or not; and each statement costs something, however little it selects.
    private const int FirstChunkRows = 200;
    private const int ChunkRows = 1_600;
    private static readonly ResponseCursor Newest = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public static ResponsePage Page(IQueries queries, ResponseQuery query, Deadline deadline)
    {
        var page = ImmutableArray.CreateBuilder<Response>();
        ResponseCursor? end = null;
        var (last, isTimeOver) = Walk(queries, query, query.Limit + 1, deadline, row =>
        {
            if (page.Count == query.Limit)
            {
                end = new ResponseCursor(page[^1].At, page[^1].PromptId);
                return false;
            }
            page.Add(Read(row));
            return true;
        });
        var isPartial = isTimeOver && page.Count < query.Limit;
        return new ResponsePage(page.DrainToImmutable(), end ?? (isTimeOver ? last : null), isPartial);
    }

    public static ResponseCount Count(IQueries queries, ResponseQuery query, int most, Deadline deadline)
    {
        var count = 0;
        var isMore = false;
        var (_, isTimeOver) = Walk(queries, query with { Before = null }, most + 1, deadline, _ => !(isMore = count == most) && ++count > 0);
        return new ResponseCount(count, !isMore && !isTimeOver);
    }

    /// <param name="wanted">How many matches there is use for.</param>
    /// <param name="take">Takes a match; false when that is enough.</param>
    /// <returns>The last row that was looked at, and whether there may be more because the time is over.</returns>
    private static (ResponseCursor Last, bool IsTimeOver) Walk(IQueries queries, ResponseQuery query, int wanted, Deadline deadline, Func<Query, bool> take)
    {
        var last = Top(query);
        if (TotalsQueries.Scope(queries, query.Workspace, query.Event) is not { } scope)
        {
            return (last, false);
        }
        ResponseMatch match = new(query);
        for (var chunk = match.IsSelective ? FirstChunkRows : Math.Min(wanted, FirstChunkRows); ; chunk = Math.Min(2 * chunk, ChunkRows))
        {
            using var rows = queries.Open(query.Event is null ? "answers" : "answers_of_name")
                .Add(scope).Add(query.From ?? DateTimeOffset.UnixEpoch).Add(last.At).Add(last.PromptId).Add(chunk);
            var read = 0;
            for (; rows.Next(); read++)
            {
                last = new ResponseCursor(rows.Time(8), rows.Guid(0));
                if (match.Holds(rows) && !take(rows))
                {
                    return (last, false);
                }
            }
            if (read < chunk || deadline.IsOver)
            {
                return (last, read == chunk);
            }
        }
    }

    /// <summary>Everything that is asked for is older than this.</summary>
    private static ResponseCursor Top(ResponseQuery query)
    {
        var end = query.To is { } to ? new ResponseCursor(to, Guid.Empty) : Newest;
        return query.Before is { } before && before.At < end.At ? before : end;
    }

    private static Response Read(Query row) => new(
        row.Guid(0), row.Text(1), (Reaction)row.Long(2), row.TextOrNull(3), PersonJson.Read(row.TextOrNull(4)),
        new PageContext(row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7)), row.Time(8))
    {
        UserKey = row.Text(9),
    };
}
