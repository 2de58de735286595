using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// Reads that no index answers: they go through rows until they have found enough, or until their time is over, and then say where to go
/// on. Each goes on by some rows at least, however short its time. Throws as <see cref="ILedger"/> does.
/// </summary>
public interface ILedgerSearch
{
    /// <summary>Answers, newest first (by time of reaction, then id). Test answers are left out.</summary>
    /// <param name="allowed">After this what was found until then is given.</param>
    Task<ResponsePage> SearchResponses(ResponseQuery query, TimeSpan allowed, CancellationToken cancellation = default);

    /// <summary>Counts the answers that <see cref="SearchResponses"/> would find from the top, whatever the query's limit and cursor.</summary>
    /// <param name="most">Stops here.</param>
    Task<ResponseCount> CountResponses(ResponseQuery query, int most, TimeSpan allowed, CancellationToken cancellation = default);

    /// <summary>Events of these keys, newest first (by receipt, then id), test ones too.</summary>
    /// <param name="before">Events older than this one; null from the newest.</param>
    /// <param name="limit">1–200.</param>
    Task<PersonEventPage> SearchEvents(
        string workspace, ImmutableArray<string> keys, PersonEventCursor? before, int limit, TimeSpan allowed, CancellationToken cancellation = default);

    /// <summary>Users of whom the app stated this e-mail address, letter case ignored; at most 50.</summary>
    /// <param name="after">The <see cref="FoundUsers.Next"/> of the search before; null from the beginning.</param>
    Task<FoundUsers> SearchUsers(string workspace, string email, string? after, TimeSpan allowed, CancellationToken cancellation = default);
}
