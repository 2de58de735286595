using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Hosting;

/// <summary>A ledger that takes nothing, so that each kind of failure can be had at will.</summary>
internal sealed class BrokenLedger : ILedger
{
    public Exception Failure { get; set; } = new LedgerUnavailableException("Down.");

    public long Commits => 0;

    public Task<ImmutableArray<FireResult>> Append(IReadOnlyList<Fire> fires) => Task.FromException<ImmutableArray<FireResult>>(Failure);

    public Task<bool> Change(PromptChange change) => Task.FromException<bool>(Failure);

    public Task<bool> Join(Link link) => Task.FromException<bool>(Failure);

    public Task<bool> Describe(string workspace, string userKey, Person person, long? expectedVersion = null) => Task.FromException<bool>(Failure);

    public Task<UserHistory> ReadUser(string workspace, string userKey, CancellationToken cancellation = default) => Task.FromException<UserHistory>(Failure);

    public Task<Prompt?> FindPrompt(string workspace, Guid promptId, CancellationToken cancellation = default) => Task.FromException<Prompt?>(Failure);

    public Task<long> ReadCapUse(string workspace, string eventName, DateTimeOffset now, CancellationToken cancellation = default) => Task.FromException<long>(Failure);

    public Task<ImmutableArray<ObservedEvent>> ReadNames(string workspace, string? only, DateTimeOffset now, CancellationToken cancellation = default) =>
        Task.FromResult(ImmutableArray<ObservedEvent>.Empty);

    public Task<ImmutableArray<HourTotals>> ReadHours(string workspace, string? only, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        Task.FromException<ImmutableArray<HourTotals>>(Failure);

    public Task<ImmutableArray<DaySeries>> ReadDays(string workspace, ImmutableArray<DateTimeOffset> days, CancellationToken cancellation = default) =>
        Task.FromException<ImmutableArray<DaySeries>>(Failure);

    public Task<ImmutableArray<RecentFire>> ReadRecentFires(string workspace, int limit, CancellationToken cancellation = default) =>
        Task.FromException<ImmutableArray<RecentFire>>(Failure);

    public Task<PastFires> ReadPastFires(string workspace, string eventName, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        Task.FromException<PastFires>(Failure);

    public Task<ImmutableDictionary<string, Person>> ReadPeople(string workspace, IReadOnlyCollection<string> userKeys, CancellationToken cancellation = default) =>
        Task.FromException<ImmutableDictionary<string, Person>>(Failure);

    public Task<KnownFacts> ReadKnownFacts(string workspace, CancellationToken cancellation = default) => Task.FromException<KnownFacts>(Failure);

    public Task<ImmutableArray<Response>> ReadResponses(ResponseQuery query, CancellationToken cancellation = default) => Task.FromException<ImmutableArray<Response>>(Failure);

    public Task<long> ReadUsage(string workspace, DateTimeOffset now, CancellationToken cancellation = default) => Task.FromException<long>(Failure);

    public Task<long> ReadEpoch(CancellationToken cancellation = default) => Task.FromResult(0L);

    public Task<ImmutableArray<string>> Verify(CancellationToken cancellation = default) => Task.FromException<ImmutableArray<string>>(Failure);

    public Task<bool> IsReady(CancellationToken cancellation = default) => Task.FromResult(false);
}
