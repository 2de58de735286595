using System.Collections.Immutable;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Tenants;

/// <summary>
/// The workspace's webhooks, and what its own changes tell them. The document and the ledger are two stores: what a change tells is
/// written with the document, put into the outbox after that, as often as it takes (the outbox knows it again), and then let go of.
/// </summary>
internal sealed partial class TenantGrain : ITenantWebhooks
{
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(5);

    private IGrainTimer? _telling;

    public async Task<SaveStatus> AddWebhook(Author author, Webhook webhook)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        var webhooks = current.Webhooks;
        if (webhooks.Length >= Webhook.MaxOfAWorkspace)
        {
            return SaveStatus.PlanLimit;
        }

        var next = Next(current);
        await Write(
            next with { Webhooks = webhooks.Add(webhook with { Version = next.Version }) },
            Note(author, AuditKinds.WebhookCreated, webhook.Id, WebhookDifferences.Of(null, webhook)));
        return SaveStatus.Saved;
    }

    public Task<SaveStatus> ReplaceWebhook(Author author, string id, WebhookEdit edit) => ReplaceWebhook(author, id, edit, expectedVersion: null);

    public async Task<SaveStatus> ReplaceWebhook(Author author, string id, WebhookEdit edit, long? expectedVersion)
    {
        if (_current is not { } current || current.FindWebhook(id) is not { } webhook)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        if (expectedVersion is { } expected && expected != webhook.Version)
        {
            return SaveStatus.Changed;
        }

        var next = webhook with { Url = edit.Url, Events = edit.Events, Enabled = edit.Enabled, Description = edit.Description };
        if (edit.Enabled && !webhook.Enabled)
        {
            // First: one that fails again before this would be disabled at once.
            await deliveries.Forgive(current.Workspace, id);
            next = next with { Stop = null, StoppedAt = null };
        }

        await Replace(current, webhook, next, NoteUnlessEmpty(author, AuditKinds.WebhookChanged, id, WebhookDifferences.Of(webhook, next)));
        return SaveStatus.Saved;
    }

    public Task<SaveStatus> RemoveWebhook(Author author, string id) => RemoveWebhook(author, id, expectedVersion: null);

    public async Task<SaveStatus> RemoveWebhook(Author author, string id, long? expectedVersion)
    {
        if (_current is not { } current || current.FindWebhook(id) is not { } webhook)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        if (expectedVersion is { } expected && expected != webhook.Version)
        {
            return SaveStatus.Changed;
        }

        await Write(
            Next(current) with { Webhooks = current.Webhooks.Remove(webhook) },
            Note(author, AuditKinds.WebhookRemoved, id, WebhookDifferences.Of(webhook, null)));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> RotateWebhookSecret(Author author, string id, string secret)
    {
        if (_current is not { } current || current.FindWebhook(id) is not { } webhook)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayEdit(author))
        {
            return SaveStatus.NotAllowed;
        }

        await Replace(
            current, webhook,
            webhook with { Secret = secret, OldSecret = webhook.Secret, OldSecretUntil = time.GetUtcNow() + Webhook.OldSecretFor },
            Note(author, AuditKinds.WebhookSecretRotated, id, []));
        return SaveStatus.Saved;
    }

    public Task<SaveStatus> MaySend(Author author, string id) => Task.FromResult(
        _current is not { } current || current.FindWebhook(id) is not { } webhook ? SaveStatus.NotFound
        : !current.MayEdit(author) ? SaveStatus.NotAllowed
        : !webhook.Enabled ? SaveStatus.Invalid
        : SaveStatus.Saved);

    public async Task<SaveStatus> StopWebhook(string id, WebhookStop reason)
    {
        if (_current is not { } current || current.FindWebhook(id) is not { Enabled: true } webhook)
        {
            return SaveStatus.NotFound;
        }

        var stopped = webhook with { Enabled = false, Stop = reason, StoppedAt = time.GetUtcNow() };
        await Replace(current, webhook, stopped, Note(Author.Operator, AuditKinds.WebhookStopped, id, [new AuditChange("reason", null, reason.ToString().ToLowerInvariant())]));
        LogStopped(log, current.Workspace, id, reason);
        return SaveStatus.Saved;
    }

    private Task Replace(WorkspaceSnapshot current, Webhook webhook, Webhook changed, AuditEntry? note)
    {
        var next = Next(current);
        return Write(next with { Webhooks = current.Webhooks.Replace(webhook, changed with { Version = next.Version }) }, note);
    }

    /// <summary>
    /// What is to be told once the document is this one. Each change that tells anything has its entry of the audit log, and while the ledger
    /// is away no more than <see cref="MaxOutbox"/> of those are taken: so no more facts wait than two for each.
    /// </summary>
    private ImmutableArray<ToldFact> Untold(WorkspaceSnapshot next)
    {
        var earlier = stored.State.Untold;
        if (_current is not { } before || next.Webhooks.IsEmpty)
        {
            return earlier;
        }

        var now = time.GetUtcNow();
        return
        [
            .. earlier,
            .. MomentFacts.Between(before, next, now),
            .. next.Webhooks.Where(w => w.Stop is not null && before.FindWebhook(w.Id) is { Stop: null }).SelectMany(w => MomentFacts.Stopped(next, w, now)),
        ];
    }

    /// <summary>After this turn: whoever saved waits for the document alone.</summary>
    private void TellSoon(TimeSpan after)
    {
        if (stored.State.Untold.IsEmpty)
        {
            return;
        }

        _telling ??= this.RegisterGrainTimer(Tell, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        _telling.Change(after, Timeout.InfiniteTimeSpan);
    }

    private async Task Tell()
    {
        if (_current is not { } current || stored.State.Untold is not { IsEmpty: false } facts)
        {
            return;
        }

        try
        {
            await deliveries.Tell(current.Workspace, facts);
        }
        catch (Exception reason) when (reason is LedgerUnavailableException or LedgerBusyException or LedgerRefusedException)
        {
            LogUntold(log, current.Workspace, reason);
            TellSoon(TellAgainAfter);
            return;
        }

        stored.State.Untold = [];
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            // The next activation tells it again, which adds nothing.
            DeactivateOnIdle();
            throw;
        }

        foreach (var webhook in facts.SelectMany(static f => f.Webhooks).Distinct(StringComparer.Ordinal))
        {
            await grains.Webhook(current.Workspace, webhook).Nudge();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What changed in workspace {Workspace} is not in the outbox yet; it is tried again")]
    private static partial void LogUntold(ILogger log, string workspace, Exception reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} of workspace {Workspace} was disabled: {Reason}")]
    private static partial void LogStopped(ILogger log, string workspace, string webhook, WebhookStop reason);
}
