namespace Conclude.Grains.Webhooks;

/// <summary>Why a webhook was disabled by itself.</summary>
[GenerateSerializer, Alias("Conclude.WebhookStop")]
public enum WebhookStop : byte
{
    /// <summary>Every attempt of three days failed.</summary>
    Failing = 1,

    /// <summary>Its receiver answered 410.</summary>
    Gone = 2,
}
