using System.Collections.Immutable;
using Conclude.Ledger.Reading;

namespace Conclude.Ledger;

/// <summary>Reports: the same on every store.</summary>
public abstract partial class StoreLedger
{
    public Task<AnswerSample> ReadAnswerFacts(
        string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation = default)
    {
        ThrowUnless(limit, 100_000);
        return Readers.Scan(s => ReportQueries.AnswerFacts(s, workspace, eventName, from, to, limit), cancellation);
    }

    public Task<ImmutableArray<Respondent>> ReadRespondents(
        string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, int people, int reactions, CancellationToken cancellation = default)
    {
        ThrowUnless(people, 50);
        ThrowUnless(reactions, 50);
        return Readers.Scan(s => ReportQueries.Respondents(s, workspace, eventName, from, to, people, reactions), cancellation);
    }

    private static void ThrowUnless(int count, int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, atMost);
    }
}
