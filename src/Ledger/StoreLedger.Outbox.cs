using System.Collections.Immutable;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Reading;

namespace Conclude.Ledger;

/// <summary>The outbox: the same on every store.</summary>
public abstract partial class StoreLedger
{
    private const int MaxDeliveries = 1_000;

    public Task Tell(string workspace, IReadOnlyList<ToldFact> facts) =>
        Upkeep.Write(facts.Sum(static f => f.Webhooks.Length), queries => OutboxWork.Tell(queries, workspace, facts));

    public Task<ImmutableArray<Delivery>> ReadDue(string workspace, string webhook, DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        Readers.Read(s => DeliveryQueries.Due(s, workspace, webhook, now, Checked(limit)), cancellation);

    public Task<DateTimeOffset?> ReadNextAttempt(string workspace, string webhook, CancellationToken cancellation = default) =>
        Readers.Read(s => DeliveryQueries.NextAttempt(s, workspace, webhook), cancellation);

    public Task<ImmutableArray<WaitingWebhook>> ReadWaiting(DateTimeOffset now, CancellationToken cancellation = default) =>
        Readers.Scan(s => DeliveryQueries.Waiting(s, now), cancellation);

    public Task<ImmutableArray<Delivery>> ReadDeliveries(
        string workspace, string webhook, int limit, Guid? before = null, CancellationToken cancellation = default) =>
        Readers.Read(s => DeliveryQueries.Page(s, workspace, webhook, Checked(limit), before), cancellation);

    public Task<Delivery?> FindDelivery(string workspace, Guid id, CancellationToken cancellation = default) =>
        Readers.Read(s => DeliveryQueries.Find(s, workspace, id), cancellation);

    public Task<DateTimeOffset?> Record(string workspace, string webhook, Guid id, DeliveryAttempt attempt) =>
        Upkeep.Write(1, queries => OutboxWork.Record(queries, workspace, webhook, id, attempt));

    public async Task End(string workspace, string webhook, string error)
    {
        while (await Upkeep.Write(OutboxWork.BatchRows, queries => OutboxWork.End(queries, workspace, webhook, error)) == OutboxWork.BatchRows)
        {
        }
    }

    public Task Forgive(string workspace, string webhook) => Upkeep.Write(1, queries => OutboxWork.Forgive(queries, workspace, webhook));

    public Task<bool> Replay(string workspace, Guid id, DateTimeOffset now) =>
        Upkeep.Write(1, queries => OutboxWork.Replay(queries, workspace, id, now));

    public Task<ImmutableDictionary<string, DateTimeOffset>> ReadFailing(string workspace, CancellationToken cancellation = default) =>
        Readers.Read(s => DeliveryQueries.Failing(s, workspace), cancellation);

    private static int Checked(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxDeliveries);
        return limit;
    }
}
