using Conclude.Api.Errors;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Conclude.Api.ObservedEvents;

/// <summary><c>GET observed-events/live</c>: server-sent events, from the stream while it tells, from the ledger when it missed something.</summary>
internal sealed class LiveFeed(
    IServiceProvider services, IGrainFactory grains, ILedger ledger, WorkspaceSnapshots snapshots, LiveConnections connections,
    IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Proxies close what is silent for long.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan WatchAgain = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The publisher may have asked just before this client came whether anybody watches, and believes that answer for 400 ms; what it
    /// kept to itself meanwhile is read here, and is still within a second of its fire.
    /// </summary>
    private static readonly TimeSpan FirstRead = TimeSpan.FromMilliseconds(700);

    public async Task Stream(HttpContext context)
    {
        var caller = Caller.Of(context);
        using var place = connections.Enter(caller.Key.Id, context.Connection.RemoteIpAddress);
        if (place is null)
        {
            await (ApiProblem.RateLimited(1) with { Detail = $"At most {LiveConnections.MaxPerKey} live connections a key, and {LiveConnections.MaxPerAddress} an address." }).ExecuteAsync(context);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Stream(context, caller, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the host stops; either way nobody listens.
        }
    }

    private async Task Stream(HttpContext context, Caller caller, CancellationToken ending)
    {
        var log = new FireLog();
        log.Skip(
            await ledger.ReadRecentFires(caller.WorkspaceId, FireLog.MaxRead, ending),
            Guid.TryParse(context.Request.Headers["Last-Event-ID"], out var last) ? last : null);
        var queue = new FireQueue();
        await grains.Catalog(caller.WorkspaceId).Watch();
        var subscription = await services.GetStreams().Fires(caller.WorkspaceId).SubscribeAsync(queue);
        try
        {
            // What is due counts from before the client can know that it is connected.
            var opened = time.GetUtcNow();
            var writer = await FireWriter.Open(context.Response, ending);
            await Follow(caller, log, queue, writer, opened, ending);
        }
        finally
        {
            await subscription.UnsubscribeAsync();
        }
    }

    private async Task Follow(Caller caller, FireLog log, FireQueue queue, FireWriter writer, DateTimeOffset opened, CancellationToken ending)
    {
        var now = opened;
        DateTimeOffset? readAt = opened + FirstRead;
        var (watchAt, beatAt) = (opened + WatchAgain, opened + Heartbeat);
        while (true)
        {
            await Wait(queue, Earliest(readAt, Earliest(watchAt, beatAt)), ending);
            while (queue.Messages.TryRead(out var message))
            {
                await writer.Write(log.Take(message, out var isGap), ending);
                readAt = isGap ? time.GetUtcNow() : readAt;
            }

            now = time.GetUtcNow();
            if (now >= readAt)
            {
                readAt = null;
                await writer.Write(log.Take(await ledger.ReadRecentFires(caller.WorkspaceId, FireLog.MaxRead, ending)), ending);
            }

            if (now >= watchAt)
            {
                watchAt = now + WatchAgain;
                if (await snapshots.Get(caller.WorkspaceId) is not { } workspace || workspace.FindKey(caller.Key.Id) is null)
                {
                    return;
                }

                await grains.Catalog(caller.WorkspaceId).Watch();
            }

            if (now >= beatAt)
            {
                beatAt = now + Heartbeat;
                await writer.Beat(ending);
            }
        }
    }

    private async Task Wait(FireQueue queue, DateTimeOffset until, CancellationToken ending)
    {
        var wait = until - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ending);
        await Task.WhenAny(queue.Messages.WaitToReadAsync(enough.Token).AsTask(), Task.Delay(wait, time, enough.Token));
        await enough.CancelAsync();
        ending.ThrowIfCancellationRequested();
    }

    private static DateTimeOffset Earliest(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;
}
