using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Webhooks;

/// <summary>What people ask of a webhook: from the API and from the dashboard alike. The workspace's grain decides whether they may.</summary>
public sealed class WebhookActions(IGrainFactory grains, IOutbox outbox, TimeProvider time)
{
    /// <summary>Sends an event that means nothing to this webhook, whatever it subscribes to.</summary>
    /// <returns>As <see cref="ITenantWebhooks.MaySend"/>; the delivery when it is sent.</returns>
    public async Task<(SaveStatus Status, Delivery? Delivery)> Test(string workspace, Author author, string webhook)
    {
        if (await grains.TenantWebhooks(workspace).MaySend(author, webhook) is not SaveStatus.Saved and var refused)
        {
            return (refused, null);
        }

        // What the store keeps of a time.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var cause = $"test {Guid.NewGuid()}";
        await outbox.Tell(workspace, [new ToldFact(WebhookEventNames.Test, now, """{"message":"This is a test."}""", cause, [webhook])]);
        await grains.Webhook(workspace, webhook).Nudge();
        return (SaveStatus.Saved, await outbox.FindDelivery(workspace, DeliveryIds.Of(now, cause, webhook))
            ?? throw new InvalidOperationException("A delivery is not where it was written."));
    }

    /// <summary>Sends a delivery again, under its own id.</summary>
    /// <returns>As <see cref="ITenantWebhooks.MaySend"/>; the delivery when it is sent, null when what it said was erased.</returns>
    public async Task<(SaveStatus Status, Delivery? Delivery)> Replay(string workspace, Author author, Delivery delivery)
    {
        if (await grains.TenantWebhooks(workspace).MaySend(author, delivery.Webhook) is not SaveStatus.Saved and var refused)
        {
            return (refused, null);
        }

        if (!await outbox.Replay(workspace, delivery.Id, time.GetUtcNow()))
        {
            return (SaveStatus.Saved, null);
        }

        await grains.Webhook(workspace, delivery.Webhook).Nudge();
        return (SaveStatus.Saved, await outbox.FindDelivery(workspace, delivery.Id));
    }
}
