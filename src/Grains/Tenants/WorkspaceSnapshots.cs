using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Conclude.Grains.Tenants;

/// <summary>
/// This process's copy of every workspace it serves. Pushed by the tenant on each change, and read again before anything is
/// decided on a copy that was not confirmed within the last second; so a lost push heals.
/// </summary>
public sealed class WorkspaceSnapshots(IGrainFactory grains, TimeProvider time) : IWorkspaceObserver, IHostedService
{
    public static readonly TimeSpan ConfirmedFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<WorkspaceSnapshot?>> _reads = new(StringComparer.Ordinal);
    private IWorkspaceObserver? _self;

    /// <summary>The configuration in force, at most a second behind a change made on another machine.</summary>
    /// <returns>Null when there is no such workspace.</returns>
    public ValueTask<WorkspaceSnapshot?> Get(string workspace) =>
        _copies.TryGetValue(workspace, out var copy) && time.GetElapsedTime(copy.ConfirmedAt) < ConfirmedFor
            ? new(copy.Snapshot)
            : new(SharedRead(workspace));

    /// <summary>A copy that may be older than a second, for purposes that heal by themselves; null when none was read yet.</summary>
    public WorkspaceSnapshot? Peek(string workspace) => _copies.GetValueOrDefault(workspace)?.Snapshot;

    public Task Changed(WorkspaceSnapshot snapshot)
    {
        Keep(snapshot, time.GetTimestamp());
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _self = grains.CreateObjectReference<IWorkspaceObserver>(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _self, null) is { } self)
        {
            grains.DeleteObjectReference<IWorkspaceObserver>(self);
        }

        return Task.CompletedTask;
    }

    private Task<WorkspaceSnapshot?> SharedRead(string workspace)
    {
        lock (_reads)
        {
            return _reads.TryGetValue(workspace, out var reading) ? reading : _reads[workspace] = Read(workspace);
        }
    }

    // Task.Run: a shared read must not ride on the turn of whichever grain asked first.
    private Task<WorkspaceSnapshot?> Read(string workspace) => Task.Run(async () =>
    {
        try
        {
            var started = time.GetTimestamp();
            var self = _self ?? throw new SiloUnavailableException("Workspaces are read before the host has started or after it has stopped.");
            var known = Peek(workspace);
            var newer = await grains.Tenant(workspace).Confirm(self, known?.Version ?? 0);
            return (newer ?? known) is { } current ? Keep(current, started) : null;
        }
        finally
        {
            lock (_reads)
            {
                _reads.Remove(workspace);
            }
        }
    });

    private WorkspaceSnapshot Keep(WorkspaceSnapshot snapshot, long confirmedAt) =>
        _copies.AddOrUpdate(
            snapshot.Workspace,
            static (_, arrived) => arrived,
            static (_, kept, arrived) => new(
                arrived.Snapshot.Version > kept.Snapshot.Version ? arrived.Snapshot : kept.Snapshot,
                Math.Max(arrived.ConfirmedAt, kept.ConfirmedAt)),
            new Copy(snapshot, confirmedAt)).Snapshot;

    private sealed record Copy(WorkspaceSnapshot Snapshot, long ConfirmedAt);
}
