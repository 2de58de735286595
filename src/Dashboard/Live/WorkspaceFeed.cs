using System.Collections.Immutable;
using Conclude.Dashboard.Accounts;
using Conclude.Grains;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>
/// What one circuit knows of its workspace, kept up to date by the streams and healed by reading again. Pages read its
/// properties when they render and are told by <see cref="Changed"/>, at most four times a second.
/// </summary>
public sealed partial class WorkspaceFeed(
    IServiceProvider services, IGrainFactory grains, WorkspaceSnapshots snapshots, ILedger ledger, TimeProvider time, ILogger<WorkspaceFeed> log)
    : IAsyncDisposable
{
    private static readonly TimeSpan RenderEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly RecentFires _fires = new();
    private readonly StreamSubscriptions _streams = new(log);
    private ImmutableSortedDictionary<string, EventRow> _events = EventRows.None;
    private Throttle? _changed;
    private Task? _looking;
    private DashboardUser? _user;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _watchedAt = DateTimeOffset.MinValue;
    private bool _firesMissed;
    private int _watchers;

    /// <summary>Something that pages show has changed; raised on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The configuration in force. Only after <see cref="Start"/>.</summary>
    public WorkspaceSnapshot Workspace { get; private set; } = null!;

    public bool Started => Workspace is not null;

    /// <summary>The account left the workspace while this page was open.</summary>
    public bool Ended { get; private set; }

    /// <summary>The last look at the server's state failed; what is shown may be old. It is tried again every second.</summary>
    public bool Behind { get; private set; }

    /// <summary>Grows with every commit of answers to this workspace.</summary>
    public long Answers { get; private set; }

    public ImmutableSortedDictionary<string, EventRow> Events => _events;

    public ImmutableArray<RecentFire> Fires => _fires.Newest;

    /// <summary>Whether this account may change things here.</summary>
    public bool CanEdit => _user is not null && Workspace.FindMember(_user.Email) is { Role: MemberRole.Admin or MemberRole.Owner };

    /// <summary>Reads the workspace and begins to listen; calling again does nothing.</summary>
    public async Task Start(DashboardUser user)
    {
        if (Started || Ended)
        {
            return;
        }

        if (await snapshots.Get(user.Workspace) is not { } workspace || workspace.FindMember(user.Email) is null)
        {
            Ended = true;
            return;
        }

        _user = user;
        _changed ??= new Throttle(RenderEvery, time, () => Changed?.Invoke(this, EventArgs.Empty));
        try
        {
            // Listen first, read then: what happens between the two is heard.
            var streams = services.GetStreams();
            await _streams.Listen<TotalsChanged>(streams.Totals(user.Workspace), Hear);
            await _streams.Listen<AnswersCommitted>(streams.Answers(user.Workspace), Hear);
            await _streams.Listen<FiresCommitted>(streams.Fires(user.Workspace), Hear);
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
        Workspace = workspace;
        _looking = Task.Run(Look);
    }

    /// <summary>Keeps single fires flowing as long as the result is not disposed.</summary>
    public async Task<IDisposable> WatchFires()
    {
        Interlocked.Increment(ref _watchers);
        var watch = new Watching(this);
        await Watch();
        return watch;
    }

    /// <summary>Looks at once: after a save of this page's own, or a connection that came back.</summary>
    public async Task ReadAgain()
    {
        if (_user is not null && !Ended)
        {
            _readAt = DateTimeOffset.MinValue;
            _watchedAt = DateTimeOffset.MinValue;
            await LookOnce();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _changed?.Dispose();
        if (_looking is not null)
        {
            await _looking;
        }

        await _streams.Stop();
        _end.Dispose();
    }

    private async Task Look()
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                await LookOnce();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The circuit ended.
        }
    }

    private async Task LookOnce()
    {
        try
        {
            var now = time.GetUtcNow();
            await ReadWorkspace();
            if (now - _readAt >= ReadEvery)
            {
                await ReadEvents();
            }

            if (_watchers > 0 && (_firesMissed || now - _watchedAt >= WatchEvery))
            {
                await Watch();
            }

            if (Behind)
            {
                Behind = false;
                _changed?.Ask();
            }
        }
        catch (Exception reason) when (reason is not OperationCanceledException || !_end.IsCancellationRequested)
        {
            LogBehind(log, reason);
            Behind = true;
            _changed?.Ask();
        }
    }

    private async Task ReadWorkspace()
    {
        var workspace = await snapshots.Get(_user!.Workspace);
        if (workspace?.FindMember(_user.Email) is null)
        {
            Ended = true;
        }
        else if (workspace.Version > Workspace.Version)
        {
            Workspace = workspace;
        }
        else
        {
            return;
        }

        _changed?.Ask();
    }

    private async Task ReadEvents()
    {
        var read = await grains.Catalog(_user!.Workspace).Read();
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _events = _events.With(read, now);
        }

        _readAt = now;
        _changed?.Ask();
    }

    private async Task Watch()
    {
        var first = _watchedAt == DateTimeOffset.MinValue;
        await grains.Catalog(_user!.Workspace).Watch();
        var read = await ledger.ReadRecentFires(_user.Workspace, RecentFires.Bound, _end.Token);
        lock (_gate)
        {
            _fires.Merge(read);
            _watchedAt = time.GetUtcNow();

            // Writers hear of a new watcher within a second; one more read then covers what they kept to themselves.
            _firesMissed = first;
        }

        _changed?.Ask();
    }

    private void Hear(TotalsChanged told)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _events = _events.With(told, now);
        }

        _changed?.Ask();
    }

    private void Hear(FiresCommitted told)
    {
        lock (_gate)
        {
            _firesMissed |= !_fires.Add(told);
        }

        _changed?.Ask();
    }

    private void Hear(AnswersCommitted told)
    {
        lock (_gate)
        {
            Answers++;
        }

        _changed?.Ask();
    }

    [LoggerMessage(LogLevel.Warning, "A dashboard page could not look at its workspace; it tries again.")]
    private static partial void LogBehind(ILogger log, Exception reason);

    private sealed class Watching(WorkspaceFeed feed) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref feed._watchers);
            }
        }
    }
}
