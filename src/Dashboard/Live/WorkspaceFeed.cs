using System.Collections.Immutable;
using Conclude.Dashboard.Accounts;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>
/// What one circuit knows of its workspace: a place at the watch that all pages of this process share. Pages read its properties when
/// they render, which is when <see cref="Drawing"/> says so; nothing is drawn while nobody is at the other end.
/// </summary>
public sealed partial class WorkspaceFeed(WorkspaceWatches watches, TimeProvider time, ILogger<WorkspaceFeed> log) : IAsyncDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private DashboardUser? _user;
    private WatchLease? _lease;
    private WorkspaceView? _last;
    private WorkspaceSnapshot? _checked;
    private IDisposable? _fires;
    private bool _away;
    private bool _cutOff;
    private int _fireWatchers;

    /// <inheritdoc cref="PageDrawing.Due"/>
    public event EventHandler? Changed
    {
        add => Drawing.Due += value;
        remove => Drawing.Due -= value;
    }

    public PageDrawing Drawing { get; } = new(time);

    /// <summary>The configuration in force. Only after <see cref="Start"/>.</summary>
    public WorkspaceSnapshot Workspace => View.Workspace;

    public bool Started { get; private set; }

    /// <summary>The account left the workspace while this page was open.</summary>
    public bool Ended { get; private set; }

    /// <summary>The last look at the server's state failed; what is shown may be old. It is tried again every second.</summary>
    public bool Behind => _cutOff || View.Behind;

    /// <summary>Another number after every commit of answers to this workspace.</summary>
    public long Answers => View.Answers;

    public ImmutableSortedDictionary<string, EventRow> Events => _lease?.Watch.View.Events ?? _last?.Events ?? EventRows.None;

    public ImmutableArray<RecentFire> Fires => View.Fires;

    /// <summary>Whether this account may change things here.</summary>
    public bool CanEdit => _user is not null && Workspace.FindMember(_user.Email) is { Role: MemberRole.Admin or MemberRole.Owner };

    private WorkspaceView View => _lease?.Watch.View ?? _last ?? throw new InvalidOperationException("The feed has not started.");

    /// <summary>Reads the workspace and begins to listen; calling again does nothing.</summary>
    public async Task Start(DashboardUser user)
    {
        if (Started || Ended)
        {
            return;
        }

        if (await watches.Take(user.Workspace) is not { } lease)
        {
            Ended = true;
            return;
        }

        if (lease.Watch.View.Workspace.FindMember(user.Email) is null)
        {
            lease.Dispose();
            Ended = true;
            return;
        }

        // Should the connection be lost by now, this is what there is to show.
        (_user, _last) = (user, lease.Watch.View);
        Listen(lease);
        Started = true;
    }

    /// <summary>Keeps single fires flowing as long as the result is not disposed.</summary>
    public async Task<IDisposable> WatchFires()
    {
        Interlocked.Increment(ref _fireWatchers);
        var watching = new Watching(this);
        try
        {
            await TakeFires();
            return watching;
        }
        catch
        {
            watching.Dispose();
            throw;
        }
    }

    /// <summary>Looks at once: after a save of this page's own.</summary>
    public Task ReadAgain() => _lease is { } lease && !Ended ? lease.Watch.ReadAgain() : Task.CompletedTask;

    /// <summary>The connection is lost: nothing is done for a page that nobody sees.</summary>
    internal void Suspend()
    {
        lock (_gate)
        {
            _away = true;
            Leave();
        }
    }

    /// <summary>The connection is there (again): the page shows what is true now. Does not throw.</summary>
    internal async Task Resume()
    {
        lock (_gate)
        {
            if (!_away)
            {
                return;
            }

            _away = false;
        }

        while (Started && !Ended && !_end.IsCancellationRequested)
        {
            try
            {
                await ComeBack();
                return;
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception reason)
            {
                LogNotBack(log, reason);
                _cutOff = true;
                Drawing.Tell();
            }

            await Task.WhenAny(Task.Delay(TryAgainAfter, time, _end.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        lock (_gate)
        {
            _away = true;
            Leave();
        }

        Drawing.Dispose();
        _end.Dispose();
    }

    private bool IsBack
    {
        get
        {
            lock (_gate)
            {
                return !_away && _lease is not null;
            }
        }
    }

    private async Task ComeBack()
    {
        if (await watches.Take(_user!.Workspace) is not { } lease)
        {
            Ended = true;
        }
        else if (!Listen(lease) && !IsBack)
        {
            return;
        }
        else
        {
            // Also when this failed the last time, and all else is as it was.
            await TakeFires();
        }

        _cutOff = false;
        Drawing.Tell();
    }

    /// <returns>False when this page left, or was back already.</returns>
    private bool Listen(WatchLease lease)
    {
        lock (_gate)
        {
            if (_away || _lease is not null)
            {
                lease.Dispose();
                return false;
            }

            lease.Watch.Changed += OnWatchChanged;
            _lease = lease;
        }

        LookAtMember();
        return true;
    }

    private void Leave()
    {
        if (_lease is { } lease)
        {
            _last = lease.Watch.View;
            _lease = null;
            lease.Watch.Changed -= OnWatchChanged;
            _fires?.Dispose();
            _fires = null;
            lease.Dispose();
        }
    }

    private async Task TakeFires()
    {
        if (_lease is not { } lease || _fires is not null || Volatile.Read(ref _fireWatchers) == 0)
        {
            return;
        }

        var fires = await lease.Watch.WatchFires();
        lock (_gate)
        {
            if (_lease == lease && _fires is null && _fireWatchers > 0)
            {
                _fires = fires;
                return;
            }
        }

        fires.Dispose();
    }

    private void OnWatchChanged(object? sender, EventArgs e)
    {
        LookAtMember();
        Drawing.Tell();
    }

    private void LookAtMember()
    {
        if (_lease?.Watch.View is not { } view || (ReferenceEquals(view.Workspace, _checked) && !view.Gone))
        {
            return;
        }

        _checked = view.Workspace;
        if (!view.Gone && view.Workspace.FindMember(_user!.Email) is not null)
        {
            return;
        }

        // Whatever the browser does now: it is told nothing more.
        Ended = true;
        Drawing.ReadNoMore();
        lock (_gate)
        {
            Leave();
        }
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard page that came back could not look at its workspace; it tries again.")]
    private static partial void LogNotBack(ILogger log, Exception reason);

    private sealed class Watching(WorkspaceFeed feed) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0 && Interlocked.Decrement(ref feed._fireWatchers) == 0)
            {
                lock (feed._gate)
                {
                    feed._fires?.Dispose();
                    feed._fires = null;
                }
            }
        }
    }
}
