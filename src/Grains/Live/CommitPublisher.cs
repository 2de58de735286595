using System.Collections.Immutable;
using System.Threading.Channels;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Conclude.Grains.Live;

/// <summary>
/// Tells the streams what the ledger committed: totals as absolute values, coalesced; single fires only while somebody watches the
/// workspace. Whatever is lost here, the ledger still has: receivers read it again.
/// </summary>
public sealed partial class CommitPublisher(
    IServiceProvider services, IGrainFactory grains, WorkspaceSnapshots snapshots, TimeProvider time, ILogger<CommitPublisher> log)
    : BackgroundService, ICommitListener
{
    /// <summary>Messages a second and workspace are at most one per interval.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Guid _writer = Guid.NewGuid();
    private Dictionary<string, PendingNews> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);

    public void Committed(IReadOnlyList<Commit> commits)
    {
        lock (_gate)
        {
            foreach (var commit in commits)
            {
                if (!_pending.TryGetValue(commit.Workspace, out var news))
                {
                    _pending[commit.Workspace] = news = new PendingNews();
                }

                news.Add(commit);
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
                Dictionary<string, PendingNews> taken;
                lock (_gate)
                {
                    (taken, _pending) = (_pending, new(StringComparer.Ordinal));
                }

                foreach (var (workspace, news) in taken)
                {
                    await Publish(streams, workspace, news);
                }

                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was not told, the next reader finds in the ledger.
        }
    }

    private async Task Publish(IStreamProvider streams, string workspace, PendingNews news)
    {
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

            if (news.Fires is { IsEmpty: false } fires && await NextSequence(workspace, news.FiresLost) is { } sequence)
            {
                await streams.Fires(workspace).OnNextAsync(new FiresCommitted(_writer, sequence, fires));
            }
        }
        catch (Exception reason)
        {
            LogUntold(log, workspace, reason);
        }
    }

    /// <summary>The sequence of the next message for a watched workspace; null when nobody watches.</summary>
    private async Task<long?> NextSequence(string workspace, bool lost)
    {
        var now = time.GetUtcNow();
        var watch = _watches.GetValueOrDefault(workspace);
        if (now - watch.AskedAt >= TimeSpan.FromMilliseconds(400))
        {
            watch = watch with { AskedAt = now, Until = await grains.Catalog(workspace).WatchedUntil() };
        }

        // A gap in the sequence is what makes watchers read the ledger again.
        var watched = now < watch.Until;
        watch = watch with { Sequence = watch.Sequence + (lost ? 2 : 1) };
        _watches[workspace] = watch;
        return watched ? watch.Sequence : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of workspace {Workspace} was not told; readers heal from the ledger")]
    private static partial void LogUntold(ILogger log, string workspace, Exception reason);

    private readonly record struct Watch(DateTimeOffset AskedAt, DateTimeOffset Until, long Sequence);
}
