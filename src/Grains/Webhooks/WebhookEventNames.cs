using System.Collections.Immutable;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Webhooks;

/// <summary>Events by the names that the outside knows.</summary>
public static class WebhookEventNames
{
    public const string MomentCreated = "moment.created";
    public const string MomentUpdated = "moment.updated";
    public const string MomentDeleted = "moment.deleted";

    /// <summary>Sent when somebody asks for it; no webhook subscribes to it.</summary>
    public const string Test = "webhook.test";

    private static readonly (WebhookEvents Event, string Name)[] Pairs =
    [
        (WebhookEvents.ReactionCreated, FactTypes.ReactionCreated), (WebhookEvents.CommentCreated, FactTypes.CommentCreated),
        (WebhookEvents.MomentCreated, MomentCreated), (WebhookEvents.MomentUpdated, MomentUpdated), (WebhookEvents.MomentDeleted, MomentDeleted),
        (WebhookEvents.AlertRaised, FactTypes.AlertRaised),
    ];

    public static ImmutableArray<string> All { get; } = [.. Pairs.Select(static p => p.Name)];

    public static ImmutableArray<string> Of(WebhookEvents events) => [.. Pairs.Where(p => events.HasFlag(p.Event)).Select(static p => p.Name)];

    /// <returns>Null when there is no such event.</returns>
    public static WebhookEvents? Find(string name) => Pairs.Where(p => p.Name == name).Select(static p => (WebhookEvents?)p.Event).FirstOrDefault();
}
