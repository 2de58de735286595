using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Webhooks;

/// <summary>The webhooks in a workspace's document; the same grain as <see cref="ITenantGrain"/>, and changed as it says.</summary>
[Alias("Conclude.ITenantWebhooks")]
public interface ITenantWebhooks : IGrainWithStringKey
{
    /// <returns><see cref="SaveStatus.PlanLimit"/> when there are <see cref="Webhook.MaxOfAWorkspace"/> already.</returns>
    [Alias("AddWebhook")]
    Task<SaveStatus> AddWebhook(Author author, Webhook webhook);

    /// <summary>Enabled again, it starts anew: what failed before does not count.</summary>
    [Alias("ReplaceWebhook")]
    Task<SaveStatus> ReplaceWebhook(Author author, string id, WebhookEdit edit);

    /// <param name="expectedVersion">Refuse with <see cref="SaveStatus.Changed"/> unless the webhook is at this version; null replaces whatever is there.</param>
    /// <inheritdoc cref="ReplaceWebhook(Author, string, WebhookEdit)"/>
    [Alias("ReplaceWebhookAt")]
    Task<SaveStatus> ReplaceWebhook(Author author, string id, WebhookEdit edit, long? expectedVersion);

    [Alias("RemoveWebhook")]
    Task<SaveStatus> RemoveWebhook(Author author, string id);

    /// <param name="expectedVersion">Refuse with <see cref="SaveStatus.Changed"/> unless the webhook is at this version; null removes whatever is there.</param>
    [Alias("RemoveWebhookAt")]
    Task<SaveStatus> RemoveWebhook(Author author, string id, long? expectedVersion);

    /// <summary>The secret in force goes on to sign beside the new one for <see cref="Webhook.OldSecretFor"/>; one before it ends.</summary>
    [Alias("RotateWebhookSecret")]
    Task<SaveStatus> RotateWebhookSecret(Author author, string id, string secret);

    /// <summary>Whether the author may have something sent to it now.</summary>
    /// <returns><see cref="SaveStatus.Saved"/> when they may, <see cref="SaveStatus.Invalid"/> when it is disabled.</returns>
    [Alias("MaySend")]
    Task<SaveStatus> MaySend(Author author, string id);

    /// <summary>Disables it and raises an alert with the others; nothing happens when it is disabled already.</summary>
    [Alias("StopWebhook")]
    Task<SaveStatus> StopWebhook(string id, WebhookStop reason);
}
