namespace Conclude.Grains.Webhooks;

/// <summary>What a webhook may hear of; their names outside are in <see cref="WebhookEventNames"/>.</summary>
[GenerateSerializer, Alias("Conclude.WebhookEvents"), Flags]
public enum WebhookEvents : byte
{
    None = 0,
    ReactionCreated = 1,
    CommentCreated = 2,
    MomentCreated = 4,
    MomentUpdated = 8,
    MomentDeleted = 16,
    AlertRaised = 32,
}
