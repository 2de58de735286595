using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Webhooks;

namespace Conclude.Api.Webhooks;

/// <summary>The webhooks of the workspace, the oldest first.</summary>
internal sealed record WebhooksJson(IReadOnlyList<WebhookJson> Items);

/// <summary>A webhook.</summary>
/// <param name="DisabledReason">Why it was disabled by itself; null when it was not.</param>
/// <param name="FailingSince">Every attempt since then has failed; null when the last one did not.</param>
/// <param name="OldSecretUntil">Until then the secret before the last rotation signs too.</param>
/// <param name="Secret">Told when it is made or rotated, and null ever after.</param>
internal sealed record WebhookJson(
    string Id, string Url, IReadOnlyList<string> Events, bool Enabled, string? Description, DateTimeOffset CreatedAt,
    [property: JsonConverter(typeof(SnakeCase<WebhookStop>))] WebhookStop? DisabledReason, DateTimeOffset? DisabledAt, DateTimeOffset? FailingSince,
    DateTimeOffset? OldSecretUntil, string? Secret = null)
{
    public static WebhookJson Of(Webhook webhook, ImmutableDictionary<string, DateTimeOffset> failing, DateTimeOffset now) => new(
        webhook.Id, webhook.Url, WebhookEventNames.Of(webhook.Events), webhook.Enabled, webhook.Description, webhook.CreatedAt,
        webhook.Stop, webhook.StoppedAt, failing.TryGetValue(webhook.Id, out var since) ? since : null,
        webhook.OldSecretUntil > now ? webhook.OldSecretUntil : null);
}
