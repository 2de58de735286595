using System.Collections.Immutable;
using Conclude.Grains.Keys;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Tenants;

internal sealed partial class TenantGrain(
    [PersistentState(Storage.Tenant, Storage.Provider)] IPersistentState<TenantState> stored,
    IGrainFactory grains,
    ILedgerAudit audit,
    IOutbox deliveries,
    TimeProvider time,
    ILogger<TenantGrain> log) : Grain, ITenantGrain
{
    /// <summary>How long a change waits for the processes to acknowledge it.</summary>
    private static readonly TimeSpan AcknowledgedWithin = TimeSpan.FromSeconds(1);

    /// <summary>A process that reads this workspace confirms once a second; after this long without it, it has gone or reads no more.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<IWorkspaceObserver, DateTimeOffset> _processes = [];

    /// <summary>What is in force: the document as last written, never one that is still being written.</summary>
    private WorkspaceSnapshot? _current;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = stored.State.Document;
        _outbox = stored.State.Outbox;
        if (!_outbox.IsEmpty)
        {
            // The process that wrote them may have ended before they were moved.
            MoveAfter(TimeSpan.Zero);
        }

        TellSoon(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public Task<WorkspaceSnapshot?> Snapshot() => Task.FromResult(_current);

    public Task<WorkspaceSnapshot?> Confirm(IWorkspaceObserver process, long knownVersion)
    {
        _processes[process] = time.GetUtcNow();
        return Task.FromResult(_current is { } current && current.Version > knownVersion ? current : null);
    }

    public async Task<bool> Create(NewWorkspace workspace)
    {
        if (_current is not null)
        {
            return false;
        }

        var id = this.GetPrimaryKeyString();
        // The document last: a crash before it leaves keys and a membership of a workspace that is not there, which open nothing and
        // which the next try finds its own; after it, nothing is missing.
        foreach (var key in workspace.Keys)
        {
            if (!await grains.Key(key.Hash).Assign(new KeyOwner(id, key.Id, key.Kind)))
            {
                throw new InvalidOperationException("A key belongs to another workspace.");
            }
        }

        var owner = new Member(GrainKeys.NormalizeEmail(workspace.OwnerEmail), MemberRole.Owner, time.GetUtcNow());
        await grains.Account(owner.Email).Join(id);
        await Write(
            new WorkspaceSnapshot(
                id, workspace.Name, Version: 1, ImmutableSortedDictionary.Create<string, MomentDefinition>(StringComparer.Ordinal),
                WorkspaceSettings.Default, workspace.Plan, workspace.Keys, [owner], workspace.IdentitySecret),
            Note(Author.Operator, AuditKinds.WorkspaceCreated, "", [new AuditChange("owner", null, owner.Email), new AuditChange("plan", null, workspace.Plan.Name)]));
        return true;
    }

    /// <summary>Writes the document with the entry that tells of the change: neither is ever there without the other.</summary>
    /// <param name="note">Null when nothing changed that anybody would want to be told of.</param>
    private async Task Write(WorkspaceSnapshot next, AuditEntry? note, ImmutableArray<Invite>? invites = null)
    {
        var outbox = await RoomInOutbox();
        (stored.State.Document, stored.State.Untold) = (next, Untold(next));
        stored.State.Invites = invites ?? stored.State.Invites;
        stored.State.Outbox = note is null ? outbox : outbox.Add(note);
        stored.State.LastEntry = note?.Sequence ?? stored.State.LastEntry;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception)
        {
            // What the store now holds is unknown: the next activation reads it.
            DeactivateOnIdle();
            throw;
        }

        _current = next;
        _outbox = stored.State.Outbox;
        TellSoon(TimeSpan.Zero);
        using var given = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(Announce(next), MoveOutbox()), Task.Delay(AcknowledgedWithin, time, given.Token));
        await given.CancelAsync();
    }

    private Task Announce(WorkspaceSnapshot next)
    {
        var horizon = time.GetUtcNow() - ForgottenAfter;
        foreach (var gone in _processes.Where(p => p.Value < horizon).Select(p => p.Key).ToArray())
        {
            _processes.Remove(gone);
        }

        return Task.WhenAll(_processes.Keys.ToArray().Select(process => Tell(process, next)));
    }

    private async Task Tell(IWorkspaceObserver process, WorkspaceSnapshot next)
    {
        try
        {
            await process.Changed(next);
        }
        catch (Exception reason)
        {
            // It reads again before it decides anything more than a second later.
            LogUnreachable(log, next.Workspace, next.Version, reason);
            _processes.Remove(process);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A process did not take version {Version} of workspace {Workspace}")]
    private static partial void LogUnreachable(ILogger log, string workspace, long version, Exception reason);
}
