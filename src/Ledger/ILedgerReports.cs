using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// Reads for reports on one event name: bounded, away from what the rules read. They throw <see cref="LedgerUnavailableException"/> when
/// the store does not answer. Test answers are left out. All times are UTC.
/// </summary>
public interface ILedgerReports
{
    /// <summary>What answers are split by: who was asked and where, as it was then.</summary>
    /// <param name="from">Answered at or after.</param>
    /// <param name="to">Answered before.</param>
    /// <param name="limit">1–100,000: the newest are read.</param>
    Task<AnswerSample> ReadAnswerFacts(
        string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default);

    /// <summary>Who answered last, newest first; those who were erased since are left out.</summary>
    /// <param name="from">Answered at or after.</param>
    /// <param name="to">Answered before.</param>
    /// <param name="people">1–50. Fewer are found when the last few hundred answers are of fewer people.</param>
    /// <param name="reactions">1–50 of each, to whatever they were asked about, newest first.</param>
    Task<ImmutableArray<Respondent>> ReadRespondents(
        string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int people, int reactions, CancellationToken cancellation = default);
}
