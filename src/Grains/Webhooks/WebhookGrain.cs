using Conclude.Grains.Tenants;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Webhooks;

internal sealed partial class WebhookGrain(
    WorkspaceSnapshots snapshots, IOutbox outbox, WebhookClient client, IGrainFactory grains, IHostApplicationLifetime host, TimeProvider time,
    ILogger<WebhookGrain> log) : Grain, IWebhookGrain
{
    /// <summary>Attempts to one receiver at a time.</summary>
    private const int AtOnce = 4;

    private const int PageRows = 40;

    /// <summary>All attempts of this long have failed: the webhook is disabled.</summary>
    private static readonly TimeSpan HopelessAfter = TimeSpan.FromDays(3);

    /// <summary>What is due later than this, the sweeper wakes the grain for.</summary>
    private static readonly TimeSpan StaysFor = TimeSpan.FromMinutes(1);

    private string _workspace = "";
    private string _id = "";
    private IGrainTimer? _pump;
    private bool _isPumping;
    private bool _isNudged;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _pump = this.RegisterGrainTimer(Pump, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task Nudge()
    {
        _isNudged = true;
        if (!_isPumping)
        {
            _pump!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    private async Task Pump(CancellationToken ending)
    {
        // An activation ends only after its turns have: a host that stops must not wait for receivers.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, host.ApplicationStopping);
        var stopping = either.Token;
        _isPumping = true;
        try
        {
            while (await Deliver(stopping))
            {
            }

            Rest(await outbox.ReadNextAttempt(_workspace, _id, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not recorded is due, and goes out again elsewhere.
        }
        finally
        {
            _isPumping = false;
        }
    }

    /// <summary>Sets the next turn; the one after a failure is the sweeper's.</summary>
    private void Rest(DateTimeOffset? next)
    {
        var wait = _isNudged ? TimeSpan.Zero : next - time.GetUtcNow();
        if (wait < StaysFor)
        {
            _pump!.Change(wait.Value < TimeSpan.Zero ? TimeSpan.Zero : wait.Value, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>False when nothing is due.</returns>
    private async Task<bool> Deliver(CancellationToken stopping)
    {
        _isNudged = false;
        if (await Find() is not { Enabled: true } webhook)
        {
            await outbox.End(_workspace, _id, "The webhook was disabled or removed");
            return false;
        }

        var due = new Queue<Delivery>(await outbox.ReadDue(_workspace, _id, time.GetUtcNow(), PageRows, stopping));
        if (due.Count == 0)
        {
            return false;
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, due.Count)).Select(_ => Work(webhook, due, stopping)));
        return true;
    }

    private async Task Work(Webhook webhook, Queue<Delivery> due, CancellationToken stopping)
    {
        while (due.TryDequeue(out var delivery))
        {
            stopping.ThrowIfCancellationRequested();
            // It may have waited for slow attempts: who was erased meanwhile is told of no more.
            if (await outbox.FindDelivery(_workspace, delivery.Id, stopping) is { State: DeliveryState.Pending } now && !await Attempt(webhook, now, stopping))
            {
                due.Clear();
            }
        }
    }

    /// <returns>False when the webhook is to hear of nothing more.</returns>
    private async Task<bool> Attempt(Webhook webhook, Delivery delivery, CancellationToken stopping)
    {
        var answer = await client.Send(webhook, delivery, stopping);
        var now = time.GetUtcNow();
        var next = answer.Error is null || answer.IsGone
            ? null
            : RetrySchedule.Next(delivery.Tries + 1, delivery.Since, now, answer.RetryAfter, Random.Shared.NextDouble());
        var failingSince = await outbox.Record(_workspace, _id, delivery.Id, new DeliveryAttempt(now, answer.Status, answer.Duration, answer.Error, next));
        WebhookMetrics.Attempted(answer.Error is null, next is null, answer.Duration);
        if (answer.Error is not null)
        {
            LogFailed(log, delivery.Id, _workspace, _id, answer.Error);
        }

        WebhookStop? stop = answer.IsGone ? WebhookStop.Gone : now - failingSince >= HopelessAfter ? WebhookStop.Failing : null;
        if (stop is { } reason)
        {
            await grains.TenantWebhooks(_workspace).StopWebhook(_id, reason);
        }

        return stop is null;
    }

    /// <summary>A copy may be older than the webhook; what ends deliveries must not be.</summary>
    private async Task<Webhook?> Find() =>
        (await snapshots.Get(_workspace))?.FindWebhook(_id) is { Enabled: true } webhook
            ? webhook
            : (await grains.Tenant(_workspace).Snapshot())?.FindWebhook(_id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Delivery} to webhook {Webhook} of workspace {Workspace} failed: {Error}")]
    private static partial void LogFailed(ILogger log, Guid delivery, string workspace, string webhook, string error);
}
