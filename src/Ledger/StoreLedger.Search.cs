using System.Collections.Immutable;
using Conclude.Ledger.Reading;

namespace Conclude.Ledger;

/// <summary>Reads that go through rows for a limited time: the same on every store.</summary>
public abstract partial class StoreLedger
{
    private const int MaxPage = 200;

    public Task<ResponsePage> SearchResponses(ResponseQuery query, TimeSpan allowed, CancellationToken cancellation = default)
    {
        CheckLimit(query.Limit);
        return Readers.Scan(s => ResponseQueries.Page(s, query, new Deadline(time, allowed)), cancellation);
    }

    public Task<ResponseCount> CountResponses(ResponseQuery query, int most, TimeSpan allowed, CancellationToken cancellation = default) =>
        Readers.Scan(s => ResponseQueries.Count(s, query, most, new Deadline(time, allowed)), cancellation);

    public Task<PersonEventPage> SearchEvents(
        string workspace, ImmutableArray<string> keys, PersonEventCursor? before, int limit, TimeSpan allowed, CancellationToken cancellation = default)
    {
        CheckLimit(limit);
        return Readers.Scan(s => PersonSearch.Events(s, workspace, keys, before, limit, new Deadline(time, allowed)), cancellation);
    }

    public Task<FoundUsers> SearchUsers(string workspace, string email, string? after, TimeSpan allowed, CancellationToken cancellation = default) =>
        Readers.Scan(s => PersonSearch.Users(s, workspace, email, after, new Deadline(time, allowed)), cancellation);

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page holds 1 to {MaxPage} of them.");
        }
    }
}
