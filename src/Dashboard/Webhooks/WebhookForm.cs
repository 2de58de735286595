using Conclude.Grains.Webhooks;

namespace Conclude.Dashboard.Webhooks;

/// <summary>A webhook as it is being typed.</summary>
public sealed class WebhookForm
{
    public static IReadOnlyList<(WebhookEvents Event, string Name, string Text)> Choices { get; } =
    [
        (WebhookEvents.ReactionCreated, "reaction.created", "Somebody reacted"),
        (WebhookEvents.CommentCreated, "comment.created", "Somebody commented"),
        (WebhookEvents.MomentCreated, "moment.created", "A moment was made"),
        (WebhookEvents.MomentUpdated, "moment.updated", "A moment was changed"),
        (WebhookEvents.MomentDeleted, "moment.deleted", "A moment was removed"),
        (WebhookEvents.AlertRaised, "alert.raised", "The month's events run out, or a webhook was disabled"),
    ];

    /// <summary>Null for one that is being made.</summary>
    public string? Id { get; init; }

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";

    public bool Enabled { get; set; } = true;

    public WebhookEvents Events { get; private set; } = WebhookEvents.ReactionCreated | WebhookEvents.CommentCreated;

    public static WebhookForm Of(Webhook webhook) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url,
        Description = webhook.Description ?? "",
        Enabled = webhook.Enabled,
        Events = webhook.Events,
    };

    public void Choose(WebhookEvents choice, bool chosen) => Events = chosen ? Events | choice : Events & ~choice;

    public WebhookEdit Read() => new(Url.Trim(), Events, Enabled, string.IsNullOrWhiteSpace(Description) ? null : Description.Trim());
}
