using Conclude.Grains;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>
/// One workspace as all open pages of this process see it: kept up to date by the streams and healed by reading again, once for all of
/// them. What it knows is immutable and replaced; listeners are told of each replacement, and slow down what they do with it.
/// </summary>
internal sealed partial class WorkspaceWatch(
    string workspace, IServiceProvider services, IGrainFactory grains, WorkspaceSnapshots snapshots, ILedger ledger, TimeProvider time, ILogger<WorkspaceWatch> log)
    : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RecentFires _fires = new();
    private readonly StreamSubscriptions _streams = new(log);
    private WorkspaceView? _view;
    private Task? _looking;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private long _freshAt;
    private DateTimeOffset _watchedAt = DateTimeOffset.MinValue;
    private volatile bool _firesKnown;
    private bool _firesMissed;
    private int _fireWatchers;

    /// <summary>The view was replaced; raised on any thread, as often as that happens. Listeners must not throw.</summary>
    public event EventHandler? Changed;

    /// <summary>Only after <see cref="Start"/>.</summary>
    public WorkspaceView View => _view ?? throw new InvalidOperationException("The watch has not started.");

    private bool IsFresh => time.GetElapsedTime(Volatile.Read(ref _freshAt)) < LookEvery;

    /// <summary>Reads the workspace and begins to listen.</summary>
    /// <returns>False when there is no such workspace.</returns>
    public async Task<bool> Start()
    {
        if (await snapshots.Get(workspace) is not { } snapshot)
        {
            return false;
        }

        // A number that no watch of this workspace had before: who comes back to a new one must not take its answers for those it knows.
        _view = new WorkspaceView(snapshot, EventRows.None, [], time.GetUtcNow().UtcTicks);
        try
        {
            // Listen first, read then: what happens between the two is heard.
            var streams = services.GetStreams();
            await _streams.Listen<TotalsChanged>(streams.Totals(workspace), Hear);
            await _streams.Listen<AnswersCommitted>(streams.Answers(workspace), Hear);
            await _streams.Listen<FiresCommitted>(streams.Fires(workspace), Hear);
            await ReadEvents();
        }
        catch
        {
            // Trying again must not listen twice.
            await _streams.Stop();
            throw;
        }

        // What was told just before we listened may have been on its way to the catalog still: the first look reads once more.
        _readAt = DateTimeOffset.MinValue;
        _looking = Task.Run(Look);
        return true;
    }

    /// <summary>A page opens on a watch that others began: what was acknowledged until now is on it, though the streams may still be telling it. Does not throw.</summary>
    public async Task Freshen()
    {
        if (IsFresh)
        {
            await Try(ReadWorkspace);
            return;
        }

        await InTurn(() => Try(async () =>
        {
            await ReadWorkspace();
            if (!IsFresh)
            {
                await ReadEvents();
            }
        }));
    }

    /// <summary>Keeps single fires flowing as long as the result is not disposed.</summary>
    public async Task<IDisposable> WatchFires()
    {
        Interlocked.Increment(ref _fireWatchers);
        var watching = new Watching(this);
        try
        {
            if (!_firesKnown)
            {
                // Others may have read them while this one waited.
                await InTurn(() => _firesKnown ? Task.CompletedTask : Watch());
            }

            return watching;
        }
        catch
        {
            watching.Dispose();
            throw;
        }
    }

    /// <summary>Looks at once, and at everything.</summary>
    public Task ReadAgain() => InTurn(() =>
    {
        _readAt = DateTimeOffset.MinValue;
        _watchedAt = DateTimeOffset.MinValue;
        return LookOnce();
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_looking is not null)
        {
            await _looking;
        }

        await _streams.Stop();
        _end.Dispose();
        _turn.Dispose();
    }

    private async Task Look()
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await InTurn(LookOnce);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    private async Task InTurn(Func<Task> look)
    {
        await _turn.WaitAsync(_end.Token);
        try
        {
            await look();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task LookOnce() => Try(async () =>
    {
        var now = time.GetUtcNow();
        await ReadWorkspace();
        if (now - _readAt >= ReadEvery)
        {
            await ReadEvents();
        }

        if (Volatile.Read(ref _fireWatchers) > 0 && (!_firesKnown || _firesMissed || now - _watchedAt >= WatchEvery))
        {
            await Watch();
        }
        else if (Volatile.Read(ref _fireWatchers) == 0 && now - _watchedAt >= WatchEvery)
        {
            Show(v =>
            {
                _fires.Clear();
                return v.Fires.IsEmpty ? v : v with { Fires = [] };
            });
        }

        Show(static v => v.Behind ? v with { Behind = false } : v);
    });

    /// <summary>What fails leaves what is known, and says that it may be old; the next look heals it.</summary>
    private async Task Try(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception reason) when (reason is not OperationCanceledException || !_end.IsCancellationRequested)
        {
            LogBehind(log, workspace, reason);
            Show(static v => v.Behind ? v : v with { Behind = true });
        }
    }

    private async Task ReadWorkspace()
    {
        var read = await snapshots.Get(workspace);
        Show(v => read is null ? v with { Gone = true } : read.Version > v.Workspace.Version ? v with { Workspace = read } : v);
    }

    private async Task ReadEvents()
    {
        var read = await grains.Catalog(workspace).Read();
        _readAt = time.GetUtcNow();
        Volatile.Write(ref _freshAt, time.GetTimestamp());
        Show(v => v with { Events = v.Events.With(read, _readAt) });
    }

    private async Task Watch()
    {
        var first = !_firesKnown;
        await grains.Catalog(workspace).Watch();
        var read = await ledger.ReadRecentFires(workspace, RecentFires.Bound, _end.Token);
        _watchedAt = time.GetUtcNow();
        _firesKnown = true;
        Show(v =>
        {
            // Writers hear of a new watcher within a second; one more read then covers what they kept to themselves.
            _firesMissed = first;
            _fires.Merge(read);
            return v.Fires == _fires.Newest ? v : v with { Fires = _fires.Newest };
        });
    }

    private void Hear(TotalsChanged told)
    {
        var now = time.GetUtcNow();
        Show(v => v with { Events = v.Events.With(told, now) });
    }

    private void Hear(FiresCommitted told) => Show(v =>
    {
        _firesMissed |= !_fires.Add(told);
        return v with { Fires = _fires.Newest };
    });

    private void Hear(AnswersCommitted told) => Show(static v => v with { Answers = v.Answers + 1 });

    private void Show(Func<WorkspaceView, WorkspaceView> change)
    {
        lock (_gate)
        {
            var before = View;
            _view = change(before);
            if (ReferenceEquals(_view, before))
            {
                return;
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Fires that nobody watched were not told: who comes next reads them.</summary>
    private void LeaveFires()
    {
        if (Interlocked.Decrement(ref _fireWatchers) == 0)
        {
            _firesKnown = false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The dashboard could not look at workspace {Workspace}; it tries again.")]
    private static partial void LogBehind(ILogger log, string workspace, Exception reason);

    private sealed class Watching(WorkspaceWatch watch) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                watch.LeaveFires();
            }
        }
    }
}
