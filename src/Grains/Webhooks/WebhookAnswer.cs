namespace Conclude.Grains.Webhooks;

/// <summary>What an attempt met.</summary>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Error">Null when it was taken.</param>
/// <param name="RetryAfter">As the receiver asked.</param>
public sealed record WebhookAnswer(int? Status, string? Error, TimeSpan Duration, TimeSpan? RetryAfter = null)
{
    public bool IsGone => Status == 410;
}
