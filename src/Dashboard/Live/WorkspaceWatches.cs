using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>The watches of this process: one a workspace, begun by the first open page and ended some time after the last.</summary>
public sealed partial class WorkspaceWatches(IServiceProvider services, TimeProvider time, ILogger<WorkspaceWatches> log) : IAsyncDisposable
{
    /// <summary>
    /// A watch outlives its last page by this: a reload, the step from the first HTML to the live page, and a connection that comes back
    /// find it as it was and read nothing.
    /// </summary>
    internal static readonly TimeSpan Lingers = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Workspaces that are watched.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <returns>A place at the workspace's watch, until it is disposed; null when there is no such workspace.</returns>
    internal async Task<WatchLease?> Take(string workspace)
    {
        Entry entry;
        bool isNew;
        lock (_gate)
        {
            if (!_entries.TryGetValue(workspace, out entry!))
            {
                var watch = ActivatorUtilities.CreateInstance<WorkspaceWatch>(services, workspace);
                _entries[workspace] = entry = new Entry(watch);
            }

            entry.Listeners++;
            isNew = entry.Started is null;
            entry.Started ??= Task.Run(entry.Watch.Start);
        }

        WatchLease lease = new(entry.Watch, () => Leave(workspace, entry));
        try
        {
            if (await entry.Started)
            {
                if (!isNew)
                {
                    await entry.Watch.Freshen();
                }

                return lease;
            }
        }
        catch
        {
            Forget(workspace, entry);
            lease.Dispose();
            throw;
        }

        Forget(workspace, entry);
        lease.Dispose();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_gate)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
            foreach (var entry in entries)
            {
                entry.Ended = true;
            }
        }

        foreach (var entry in entries)
        {
            await End(entry);
        }
    }

    /// <summary>What did not start is not what the next page gets.</summary>
    private void Forget(string workspace, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(workspace) == entry)
            {
                _entries.Remove(workspace);
            }
        }
    }

    private void Leave(string workspace, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Listeners == 0 && !entry.Ended)
            {
                entry.Timer ??= time.CreateTimer(_ => EndUnlessTaken(workspace, entry), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                entry.Timer.Change(Lingers, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void EndUnlessTaken(string workspace, Entry entry)
    {
        lock (_gate)
        {
            if (entry.Listeners > 0 || entry.Ended)
            {
                return;
            }

            entry.Ended = true;
            if (_entries.GetValueOrDefault(workspace) == entry)
            {
                _entries.Remove(workspace);
            }
        }

        _ = End(entry);
    }

    private async Task End(Entry entry)
    {
        try
        {
            if (entry.Timer is { } timer)
            {
                await timer.DisposeAsync();
            }

            await entry.Watch.DisposeAsync();
        }
        catch (Exception reason)
        {
            // Nobody waits for it.
            LogNotEnded(log, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The watch of a workspace that no page shows any more could not be ended.")]
    private static partial void LogNotEnded(ILogger log, Exception reason);

    /// <summary>Guarded by the gate.</summary>
    private sealed class Entry(WorkspaceWatch watch)
    {
        public WorkspaceWatch Watch { get; } = watch;

        public int Listeners { get; set; }

        public bool Ended { get; set; }

        public Task<bool>? Started { get; set; }

        public ITimer? Timer { get; set; }
    }
}
