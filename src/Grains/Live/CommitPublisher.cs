using System.Threading.Channels;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Conclude.Grains.Live;

/// <summary>
/// Tells the streams what the ledger committed: totals as absolute values, coalesced; single fires only while somebody watches the
/// workspace. Workspaces are told side by side, each in its own order. Whatever is lost here, the ledger still has: receivers read it again.
/// </summary>
public sealed partial class CommitPublisher(
    IServiceProvider services, IGrainFactory grains, WorkspaceSnapshots snapshots, TimeProvider time, ILogger<CommitPublisher> log)
    : BackgroundService, ICommitListener
{
    /// <summary>Workspaces that are told at a time, not counting those that hang.</summary>
    internal const int AtOnce = 32;

    /// <summary>Messages a second and workspace are at most one per interval.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>A workspace whose message takes longer gives its place to others; its next one waits all the same.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Dictionary<string, WorkspaceLine> _lines = new(StringComparer.Ordinal);

    public void Committed(IReadOnlyList<Commit> commits)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var commit in commits)
            {
                if (!_lines.TryGetValue(commit.Workspace, out var line))
                {
                    _lines[commit.Workspace] = line = new WorkspaceLine(commit.Workspace);
                }

                (line.Waiting ??= new PendingNews { Since = now }).Add(commit);
            }
        }

        _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The provider exists only after the engine has started.
        var streams = services.GetStreams();
        try
        {
            while (await _wake.Reader.WaitToReadAsync(stoppingToken))
            {
                _wake.Reader.TryRead(out _);
                foreach (var line in Ready())
                {
                    await _places.WaitAsync(stoppingToken);
                    _ = Tell(streams, line, stoppingToken);
                }

                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was not told, the next reader finds in the ledger.
        }
    }

    private WorkspaceLine[] Ready()
    {
        lock (_gate)
        {
            return [.. _lines.Values.Where(static l => l is { Waiting: not null, IsTelling: false })];
        }
    }

    /// <summary>Tells all that waits; frees its place when done or when it hangs. Does not throw.</summary>
    private async Task Tell(IStreamProvider streams, WorkspaceLine line, CancellationToken stopping)
    {
        PendingNews news;
        lock (_gate)
        {
            (news, line.Waiting, line.IsTelling) = (line.Waiting!, null, true);
        }

        var telling = Publish(streams, line, news);
        try
        {
            await telling.WaitAsync(HangsAfter, time, stopping);
        }
        catch (TimeoutException)
        {
            LogHangs(log, line.Workspace);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _places.Release();
        }

        await telling;
        lock (_gate)
        {
            line.IsTelling = false;
            if (line.Waiting is null)
            {
                return;
            }
        }

        _wake.Writer.TryWrite(true);
    }

    private async Task Publish(IStreamProvider streams, WorkspaceLine line, PendingNews news)
    {
        var workspace = line.Workspace;
        try
        {
            if (news.Totals is { IsEmpty: false } totals)
            {
                await streams.Totals(workspace).OnNextAsync(new TotalsChanged(totals));
                var moments = snapshots.Peek(workspace)?.Moments;
                foreach (var moment in totals.Where(t => moments?.ContainsKey(t.Event) is true))
                {
                    await streams.Moment(workspace, moment.Event).OnNextAsync(moment);
                }
            }

            if (news.Answers is { IsEmpty: false } answers)
            {
                await streams.Answers(workspace).OnNextAsync(new AnswersCommitted(answers));
            }

            if (news.Fires is { IsEmpty: false } fires && await NextSequence(line, news.FiresLost) is { } sequence)
            {
                await streams.Fires(workspace).OnNextAsync(new FiresCommitted(_writer, sequence, fires));
            }

            StreamMetrics.Told(time.GetElapsedTime(news.Since));
        }
        catch (Exception reason)
        {
            StreamMetrics.NotTold();
            LogUntold(log, workspace, reason);
        }
    }

    /// <summary>The sequence of the next message for a watched workspace; null when nobody watches.</summary>
    private async Task<long?> NextSequence(WorkspaceLine line, bool lost)
    {
        var now = time.GetUtcNow();
        if (now - line.AskedAt >= TimeSpan.FromMilliseconds(400))
        {
            (line.AskedAt, line.WatchedUntil) = (now, await grains.Catalog(line.Workspace).WatchedUntil());
        }

        // A gap in the sequence is what makes watchers read the ledger again.
        line.Sequence += lost ? 2 : 1;
        return now < line.WatchedUntil ? line.Sequence : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of workspace {Workspace} was not told; readers heal from the ledger")]
    private static partial void LogUntold(ILogger log, string workspace, Exception reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of workspace {Workspace} takes long to be told; others go on")]
    private static partial void LogHangs(ILogger log, string workspace);
}
