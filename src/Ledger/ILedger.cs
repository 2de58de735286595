using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// The only source of truth for facts: fires, prompts, reactions, comments. A write completes after its transaction is on disk.
/// Writes throw <see cref="LedgerBusyException"/> when the queue is full and <see cref="LedgerUnavailableException"/> when the store
/// does not answer; so do reads (the latter). All times are UTC.
/// </summary>
public interface ILedger
{
    /// <summary>
    /// Transactions that this process has committed; it has grown before the callers of a transaction are answered. While it stands
    /// still, what was read before holds all that this process acknowledged.
    /// </summary>
    long Commits { get; }

    /// <summary>Commits fires in the order given, each on its own merits: one that is refused does not spoil the rest.</summary>
    /// <returns>One result for each fire, in order.</returns>
    Task<ImmutableArray<FireResult>> Append(IReadOnlyList<Fire> fires);

    /// <summary>Stores the next step of a prompt.</summary>
    /// <returns>False when the fencing version has moved on (or the prompt is gone): read again and decide again.</returns>
    Task<bool> Change(PromptChange change);

    /// <summary>Joins a browser to a person.</summary>
    /// <returns>False when either version has moved on, or the browser is linked already.</returns>
    Task<bool> Join(Link link);

    /// <summary>Stores what is known of a person; does not touch the version. Unverified facts never replace verified ones.</summary>
    /// <param name="expectedVersion">The version of the user's row that the facts were put together on; null when nothing stored is in them.</param>
    /// <returns>False when the version has moved on: read again.</returns>
    Task<bool> Describe(string workspace, string userKey, Person person, long? expectedVersion = null);

    /// <summary>Everything the rules need to know of a user: an indexed read.</summary>
    Task<UserHistory> ReadUser(string workspace, string userKey, CancellationToken cancellation = default);

    /// <summary>A prompt by its id, in this workspace only.</summary>
    Task<Prompt?> FindPrompt(string workspace, Guid promptId, CancellationToken cancellation = default);

    /// <summary>What counts against a moment's response cap: answers ever given plus prompts live now.</summary>
    Task<long> ReadCapUse(string workspace, string eventName, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Every name ever fired, with its all-time counters.</summary>
    /// <param name="only">Only this name, when given.</param>
    Task<ImmutableArray<ObservedEvent>> ReadNames(string workspace, string? only, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Hourly counters with <c>from ≤ hour &lt; to</c>, oldest first.</summary>
    /// <param name="only">Only this name, when given.</param>
    Task<ImmutableArray<HourTotals>> ReadHours(string workspace, string? only, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <summary>Every name ever fired, day by day, in one read: an index range for each day.</summary>
    /// <param name="days">Where days begin, ascending, whole hours; the last one is where the last day ends. Two at least, 100 at most.</param>
    Task<ImmutableArray<DaySeries>> ReadDays(string workspace, ImmutableArray<DateTimeOffset> days, CancellationToken cancellation = default);

    /// <summary>The newest fires, newest first.</summary>
    /// <param name="limit">1–1,000.</param>
    Task<ImmutableArray<RecentFire>> ReadRecentFires(string workspace, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Fires of one name received with <c>from ≤ receivedAt &lt; to</c>, newest first: at most <see cref="PastFires.Most"/>, and those
    /// that are found in about a second. The total counts whole hours.
    /// </summary>
    Task<PastFires> ReadPastFires(string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <summary>Facts of several users, by their keys; of whom nothing is known is missing.</summary>
    /// <param name="userKeys">At most <see cref="PastFires.Most"/>.</param>
    Task<ImmutableDictionary<string, Person>> ReadPeople(string workspace, IReadOnlyCollection<string> userKeys, CancellationToken cancellation = default);

    /// <summary>Facts of the newest prompts and of some people, a few hundred of each.</summary>
    Task<KnownFacts> ReadKnownFacts(string workspace, CancellationToken cancellation = default);

    /// <summary>Answers, newest first (by time of reaction, then id). Test answers are left out.</summary>
    Task<ImmutableArray<Response>> ReadResponses(ResponseQuery query, CancellationToken cancellation = default);

    /// <summary>Events counted against the quota in the UTC month that holds <paramref name="now"/>.</summary>
    Task<long> ReadUsage(string workspace, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>The epoch of the totals.</summary>
    Task<long> ReadEpoch(CancellationToken cancellation = default);

    /// <summary>
    /// Recounts the rows against the totals: the hours inside retention from the rows, everything longer from the hours. However long
    /// that takes; on one snapshot, beside the writer.
    /// </summary>
    /// <returns>One line for each difference; empty when all agree.</returns>
    Task<ImmutableArray<string>> Verify(CancellationToken cancellation = default);

    /// <summary>Answers whether the store can be read and written now; never throws.</summary>
    Task<bool> IsReady(CancellationToken cancellation = default);
}
