using System.Collections.Immutable;
using Conclude.Grains.Keys;
using Microsoft.Extensions.Logging;

namespace Conclude.Grains.Tenants;

internal sealed partial class TenantGrain(
    [PersistentState(Storage.Tenant, Storage.Provider)] IPersistentState<TenantState> stored,
    IGrainFactory grains,
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

        var owner = new Member(GrainKeys.NormalizeEmail(workspace.OwnerEmail), MemberRole.Owner);
        await grains.Account(owner.Email).Join(id);
        await Write(new WorkspaceSnapshot(
            id, workspace.Name, Version: 1, ImmutableSortedDictionary.Create<string, MomentDefinition>(StringComparer.Ordinal),
            WorkspaceSettings.Default, workspace.Plan, workspace.Keys, [owner], workspace.IdentitySecret));
        return true;
    }

    public async Task<MomentSaved> AddMoment(MomentDefinition moment)
    {
        if (_current is not { } current)
        {
            return Refused(SaveStatus.NotFound);
        }

        if (MomentValidation.Check(moment) is { IsEmpty: false } errors)
        {
            return new(SaveStatus.Invalid, Moment: null, errors);
        }

        if (current.Moments.TryGetValue(moment.Event, out var existing))
        {
            return Refused(SaveStatus.Exists, existing);
        }

        if (current.Plan.Moments > 0 && current.Moments.Count >= current.Plan.Moments)
        {
            return Refused(SaveStatus.PlanLimit);
        }

        return await Store(current, moment);
    }

    public async Task<MomentSaved> ReplaceMoment(MomentDefinition moment, long? expectedVersion)
    {
        if (_current is not { } current || !current.Moments.TryGetValue(moment.Event, out var existing))
        {
            return Refused(SaveStatus.NotFound);
        }

        if (MomentValidation.Check(moment) is { IsEmpty: false } errors)
        {
            return new(SaveStatus.Invalid, existing, errors);
        }

        return expectedVersion is { } expected && expected != existing.Version
            ? Refused(SaveStatus.Changed, existing)
            : await Store(current, moment);
    }

    public async Task<SaveStatus> RemoveMoment(string eventName, long? expectedVersion)
    {
        if (_current is not { } current || !current.Moments.TryGetValue(eventName, out var existing))
        {
            return SaveStatus.NotFound;
        }

        if (expectedVersion is { } expected && expected != existing.Version)
        {
            return SaveStatus.Changed;
        }

        await Write(current with { Version = current.Version + 1, Moments = current.Moments.Remove(eventName) });
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> ReplaceSettings(WorkspaceSettings settings)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        await Write(current with { Version = current.Version + 1, Settings = settings });
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> AddKey(ApiKey key)
    {
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        var others = key.Kind == KeyKind.Secret ? current.Keys.RemoveAll(static k => k.Kind == KeyKind.Secret) : current.Keys;
        if (others.Count(k => k.Kind == key.Kind) >= ApiKeys.MaxOfAKind)
        {
            return SaveStatus.PlanLimit;
        }

        // The document last: a key that is not in it opens nothing.
        if (!await grains.Key(key.Hash).Assign(new KeyOwner(current.Workspace, key.Id, key.Kind)))
        {
            throw new InvalidOperationException("A key belongs to another workspace.");
        }

        await Write(current with { Version = current.Version + 1, Keys = others.Add(key) });
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> RevokeKey(KeyKind kind, string id)
    {
        if (_current is not { } current || kind == KeyKind.Secret || current.FindKey(id) is not { } key || key.Kind != kind)
        {
            return SaveStatus.NotFound;
        }

        await Write(current with { Version = current.Version + 1, Keys = current.Keys.Remove(key) });
        return SaveStatus.Saved;
    }

    private static MomentSaved Refused(SaveStatus status, MomentDefinition? existing = null) =>
        new(status, existing, ImmutableSortedDictionary<string, string>.Empty);

    private async Task<MomentSaved> Store(WorkspaceSnapshot current, MomentDefinition moment)
    {
        var version = current.Version + 1;
        var versioned = moment with { Version = version };
        await Write(current with { Version = version, Moments = current.Moments.SetItem(versioned.Event, versioned) });
        return new(SaveStatus.Saved, versioned, ImmutableSortedDictionary<string, string>.Empty);
    }

    private async Task Write(WorkspaceSnapshot next)
    {
        stored.State.Document = next;
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
        await Announce(next);
    }

    private async Task Announce(WorkspaceSnapshot next)
    {
        var horizon = time.GetUtcNow() - ForgottenAfter;
        foreach (var gone in _processes.Where(p => p.Value < horizon).Select(p => p.Key).ToArray())
        {
            _processes.Remove(gone);
        }

        var acknowledged = Task.WhenAll(_processes.Keys.Select(process => Tell(process, next)));
        using var given = new CancellationTokenSource();
        await Task.WhenAny(acknowledged, Task.Delay(AcknowledgedWithin, time, given.Token));
        await given.CancelAsync();
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
