using Orleans.Concurrency;

namespace Conclude.Grains.Webhooks;

/// <summary>Delivers what the outbox holds for one webhook, at least once; others never wait for it.</summary>
[Alias("Conclude.IWebhookGrain")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Something may be due. Answers at once; a nudge that is lost is made up for within seconds.</summary>
    [AlwaysInterleave, Alias("Nudge")]
    Task Nudge();
}
