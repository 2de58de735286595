using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// What is done to stored facts beside the daily work: retention and erasure, in small batches that disturb writes little. No total
/// moves by either. Throws as <see cref="ILedger"/> does.
/// </summary>
public interface ILedgerUpkeep
{
    /// <summary>Events are kept this long at least: a client resends for up to seven days, and must meet its row.</summary>
    static readonly TimeSpan MinRetention = TimeSpan.FromDays(8);

    /// <summary>Test events, prompts and users are kept this long.</summary>
    static readonly TimeSpan TestRetention = TimeSpan.FromDays(7);

    /// <summary>Workspaces that have stored anything.</summary>
    Task<ImmutableArray<string>> ReadWorkspaces(CancellationToken cancellation = default);

    /// <summary>
    /// The turn to go through the store with <see cref="Trim"/>: one process has it at a time, until it disposes it or ends.
    /// </summary>
    /// <returns>Null while another process has it.</returns>
    Task<IDisposable?> TryTakeTurn(CancellationToken cancellation = default);

    /// <summary>
    /// One small transaction of retention: deletes events received before an hour, blanks comment, person and page of prompts granted
    /// before it, and deletes what tests left more than seven days ago. From the first batch on, <see cref="ILedger.Verify"/> takes the
    /// verdicts of the hours before as stored. Call again until it is done; it may stop anywhere.
    /// </summary>
    /// <param name="before">Rounded down to its hour; at least <see cref="MinRetention"/> ago. Null: test facts only.</param>
    Task<TrimResult> Trim(string workspace, DateTimeOffset? before, CancellationToken cancellation = default);

    /// <summary>
    /// Takes a person and the browsers linked to them out of the store: users and links rows go at once; events and prompts get a
    /// fresh random user key and lose label, comment, person and page. It is noted first, and goes on at the next opening when the
    /// process ends meanwhile. Nobody who read the person before can write what was fenced by it: the version of a user without a row is
    /// raised past every version in use.
    /// </summary>
    Task<EraseResult> Erase(string workspace, string userKey, CancellationToken cancellation = default);

    /// <summary>What is stored of a person, but for the events.</summary>
    /// <returns>Null when the workspace has stored nothing.</returns>
    Task<PersonRecord?> ReadPerson(string workspace, string userKey, CancellationToken cancellation = default);

    /// <summary>
    /// Every event of these keys, by its id. It looks at all events of the workspace, a page at a time and off the caller's thread, because
    /// they know no index by person.
    /// </summary>
    IAsyncEnumerable<PersonEvent> ReadEventsOf(string workspace, ImmutableArray<string> keys, CancellationToken cancellation = default);
}
