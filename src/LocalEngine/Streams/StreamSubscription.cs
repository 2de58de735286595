using Orleans.Runtime;
using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

/// <summary>
/// One subscriber of one stream: a bounded queue, and while it holds something a loop on the thread pool that delivers one
/// event after the other.
/// </summary>
internal sealed class StreamSubscription(
    MemoryStreamProvider provider, StreamTopic topic, Guid id, (GrainClass Class, GrainId Id)? grain, IStreamObserver? clientObserver, bool isImplicit) : IThreadPoolWorkItem
{
    /// <summary>Deliveries of one event before it is given up.</summary>
    private const int Attempts = 3;

    private readonly Queue<StreamEvent> _waiting = new();
    private readonly Lock _gate = new();
    private long _dropped;
    private bool _delivering;
    private bool _ended;

    internal Guid Id => id;

    internal bool IsImplicit => isImplicit;

    /// <summary>Null: the subscriber is the client.</summary>
    internal (GrainClass Class, GrainId Id)? Grain => grain;

    /// <summary>The client's observer; grains have theirs in the activation.</summary>
    internal IStreamObserver? ClientObserver { get; set; } = clientObserver;

    internal bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_delivering;
            }
        }
    }

    private string Subscriber => grain?.Id.ForLog() ?? "client";

    internal void Enqueue(StreamEvent streamEvent)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_waiting.Count >= provider.QueueLength)
            {
                _waiting.Dequeue();
                _dropped++;
            }

            _waiting.Enqueue(streamEvent);
            if (_delivering)
            {
                return;
            }

            _delivering = true;
            provider.Engine.BeginDelivering();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    internal void End()
    {
        lock (_gate)
        {
            _ended = true;
            _waiting.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = DeliverAllAsync();

    private async Task DeliverAllAsync()
    {
        while (TryTake(out var streamEvent, out var dropped))
        {
            if (dropped > 0)
            {
                provider.Engine.Log.EventsDropped(Subscriber, topic.StreamId, dropped);
                await TryDeliverAsync(new(null, null, new QueueCacheMissException($"{dropped} events of {topic.StreamId} were dropped.")), attempts: 1);
            }

            if (await TryDeliverAsync(streamEvent!, Attempts) is { } failure)
            {
                await TryDeliverAsync(new(null, null, failure), attempts: 1);
            }
        }

        topic.Release(this);
        provider.Engine.EndDelivering();
    }

    private bool TryTake(out StreamEvent? streamEvent, out long dropped)
    {
        lock (_gate)
        {
            (dropped, _dropped) = (_dropped, 0);
            if (provider.Engine.Directory.IsClosed)
            {
                _waiting.Clear();
            }

            _delivering = _waiting.TryDequeue(out streamEvent);
            return _delivering;
        }
    }

    /// <summary>The last failure, or null. A delivery that timed out may still be running and is not repeated.</summary>
    private async Task<Exception?> TryDeliverAsync(StreamEvent streamEvent, int attempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DeliverAsync(streamEvent);
                return null;
            }
            catch (Exception exception)
            {
                if (attempt >= attempts || exception is TimeoutException or SiloUnavailableException)
                {
                    provider.Engine.Log.DeliveryFailed(Subscriber, topic.StreamId, exception);
                    return exception is SiloUnavailableException ? null : exception;
                }
            }
        }
    }

    private Task DeliverAsync(StreamEvent streamEvent)
    {
        if (grain is not { } target)
        {
            return ClientObserver!.DeliverAsync(streamEvent);
        }

        var delivery = new StreamDelivery(provider, this, topic.StreamId, streamEvent);
        provider.Engine.Directory.Send(target.Class, target.Id, delivery);
        return delivery.Task;
    }
}
