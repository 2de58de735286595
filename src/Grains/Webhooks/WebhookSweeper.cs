using System.Threading.Channels;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Webhooks;

/// <summary>
/// Wakes webhooks that have something to deliver: at once after a commit of this process, and every few seconds whatever is due, which
/// makes up for nudges that were lost with a process. Every silo sweeps; a webhook that two of them wake delivers once.
/// </summary>
public sealed partial class WebhookSweeper(IGrainFactory grains, IOutbox outbox, TimeProvider time, ILogger<WebhookSweeper> log) : BackgroundService, ICommitListener
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Bounded: whoever is left out is found by the next sweep.
    private readonly Channel<(string Workspace, string Webhook)> _told = Channel.CreateBounded<(string, string)>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Committed(IReadOnlyList<Commit> commits)
    {
        for (var i = 0; i < commits.Count; i++)
        {
            foreach (var webhook in commits[i].Told)
            {
                _told.Writer.TryWrite((commits[i].Workspace, webhook));
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(NudgeTold(stoppingToken), Sweep(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is due is in the store.
        }
    }

    private async Task NudgeTold(CancellationToken stopping)
    {
        await foreach (var (workspace, webhook) in _told.Reader.ReadAllAsync(stopping))
        {
            await Nudge(workspace, webhook);
        }
    }

    private async Task Sweep(CancellationToken stopping)
    {
        while (true)
        {
            await TrySweep(stopping);
            await Task.Delay(Every, time, stopping);
        }
    }

    private async Task TrySweep(CancellationToken stopping)
    {
        try
        {
            var now = time.GetUtcNow();
            var waiting = await outbox.ReadWaiting(now, stopping);
            WebhookMetrics.Waiting(waiting.Sum(static w => w.Due), waiting.IsEmpty ? TimeSpan.Zero : now - waiting.Min(static w => w.FirstAt));
            foreach (var webhook in waiting.Where(static w => w.Due > 0))
            {
                await Nudge(webhook.Workspace, webhook.Webhook);
            }
        }
        catch (Exception reason) when (reason is LedgerUnavailableException or LedgerRefusedException or TimeoutException)
        {
            LogFailed(log, reason);
        }
    }

    private async Task Nudge(string workspace, string webhook)
    {
        try
        {
            await grains.Webhook(workspace, webhook).Nudge();
        }
        catch (Exception reason)
        {
            LogUnreached(log, workspace, webhook, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks with something due could not be read; it is tried again in seconds")]
    private static partial void LogFailed(ILogger log, Exception reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} of workspace {Workspace} was not woken; it is tried again in seconds")]
    private static partial void LogUnreached(ILogger log, string workspace, string webhook, Exception reason);
}
