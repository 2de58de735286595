using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Webhooks;

/// <summary>What the audit log tells of a change to a webhook; never a secret, nor the query of an address, which may hold one.</summary>
internal static class WebhookDifferences
{
    public static ImmutableArray<AuditChange> Of(Webhook? before, Webhook? after) =>
    [
        .. Fields(before).Zip(Fields(after), static (was, now) => new AuditChange(was.Name, was.Value, now.Value))
            .Where(static change => change.Before != change.After),
    ];

    private static IEnumerable<(string Name, string? Value)> Fields(Webhook? webhook) =>
    [
        ("url", webhook?.Url.Split('?')[0]),
        ("events", webhook is null ? null : string.Join(", ", WebhookEventNames.Of(webhook.Events))),
        ("enabled", webhook is null ? null : webhook.Enabled ? "true" : "false"),
        ("description", webhook?.Description),
    ];
}
