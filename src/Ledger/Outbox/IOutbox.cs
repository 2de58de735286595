using System.Collections.Immutable;

namespace Conclude.Ledger.Outbox;

/// <summary>
/// Deliveries to webhooks, pending and past. Those of answers and of the quota are written with the fact itself
/// (<see cref="PromptChange.Tell"/>, <see cref="Fire.AlertTo"/>). Throws as <see cref="ILedger"/> does.
/// </summary>
public interface IOutbox
{
    /// <summary>How long a delivery is kept.</summary>
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Writes one delivery for each webhook that a fact names; what was told before is left alone.</summary>
    Task Tell(string workspace, IReadOnlyList<ToldFact> facts);

    /// <summary>Pending deliveries whose time has come, the longest due first.</summary>
    /// <param name="limit">1–1,000.</param>
    Task<ImmutableArray<Delivery>> ReadDue(string workspace, string webhook, DateTimeOffset now, int limit, CancellationToken cancellation = default);

    /// <summary>When the webhook's next pending delivery is due; null when nothing is pending.</summary>
    Task<DateTimeOffset?> ReadNextAttempt(string workspace, string webhook, CancellationToken cancellation = default);

    /// <summary>Every webhook with something pending, of all workspaces: a few index look-ups each, however much waits.</summary>
    Task<ImmutableArray<WaitingWebhook>> ReadWaiting(DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    /// <param name="limit">1–1,000.</param>
    /// <param name="before">Only those before this one in the list.</param>
    Task<ImmutableArray<Delivery>> ReadDeliveries(string workspace, string webhook, int limit, Guid? before = null, CancellationToken cancellation = default);

    /// <summary>A delivery by its id, in this workspace only.</summary>
    Task<Delivery?> FindDelivery(string workspace, Guid id, CancellationToken cancellation = default);

    /// <summary>Stores what came of an attempt.</summary>
    /// <returns>Since when every attempt of the webhook has failed; null when this one did not.</returns>
    Task<DateTimeOffset?> Record(string workspace, string webhook, Guid id, DeliveryAttempt attempt);

    /// <summary>Gives up all that is pending for a webhook.</summary>
    /// <param name="error">Why, in words.</param>
    Task End(string workspace, string webhook, string error);

    /// <summary>A webhook starts anew: what failed before does not count against it.</summary>
    Task Forgive(string workspace, string webhook);

    /// <summary>Makes a delivery due now, whatever came of it before.</summary>
    /// <returns>False when there is no such delivery, or what it said was erased.</returns>
    Task<bool> Replay(string workspace, Guid id, DateTimeOffset now);

    /// <summary>Webhooks of a workspace whose attempts have all failed, and since when.</summary>
    Task<ImmutableDictionary<string, DateTimeOffset>> ReadFailing(string workspace, CancellationToken cancellation = default);
}
