namespace Conclude.Grains.Webhooks;

/// <summary>What people say of a webhook; already checked.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.WebhookEdit")]
public sealed record WebhookEdit(
    [property: Id(0)] string Url,
    [property: Id(1)] WebhookEvents Events,
    [property: Id(2)] bool Enabled,
    [property: Id(3)] string? Description);
