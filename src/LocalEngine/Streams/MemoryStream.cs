using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

/// <summary>A stream as a producer or subscriber holds it; all state is the provider's.</summary>
[Immutable]
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId streamId) : IAsyncStream<T>
{
    public bool IsRewindable => provider.IsRewindable;

    public string ProviderName => provider.Name;

    public StreamId StreamId => streamId;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => OnNextBatchAsync([item], token);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        try
        {
            provider.Publish(streamId, batch as IReadOnlyList<T> ?? [.. batch]);
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    public Task OnCompletedAsync() => throw new NotSupportedException("Streams have no end.");

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("Streams carry events only.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Guid id;
        if (RuntimeContext.Current is { } activation && provider.IsImplicitSubscriber(activation, streamId))
        {
            id = ImplicitId.For(provider.Name, streamId, activation.GrainId);
        }
        else
        {
            id = Guid.NewGuid();
            (GrainClass, GrainId)? grain = RuntimeContext.Current is { } subscriber ? (subscriber.Class, subscriber.GrainId) : null;
            provider.WithTopic(streamId, topic => topic.Subscriptions.Add(new StreamSubscription(
                provider, topic, id, grain, grain is null ? new StreamObserver<T>(observer) : null, isImplicit: false)));
        }

        Attach(id, observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new SubscriptionHandle<T>(this, id));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var caller = RuntimeContext.Current;
        var ids = new HashSet<Guid>();
        if (caller is not null && provider.IsImplicitSubscriber(caller, streamId))
        {
            ids.Add(ImplicitId.For(provider.Name, streamId, caller.GrainId));
        }

        if (provider.FindTopic(streamId) is { } topic)
        {
            lock (topic)
            {
                ids.UnionWith(topic.Subscriptions.Where(subscription => subscription.Grain?.Id == caller?.GrainId).Select(static subscription => subscription.Id));
            }
        }

        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>([.. ids.Select(id => new SubscriptionHandle<T>(this, id))]);
    }

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == streamId && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => streamId.GetHashCode();

    public override string ToString() => $"{ProviderName}/{streamId}";

    internal void Attach(Guid id, IAsyncObserver<T> observer)
    {
        var attached = new StreamObserver<T>(observer);
        if (RuntimeContext.Current is { } activation)
        {
            (activation.Extras.Observers ??= [])[id] = attached;
        }
        else if (Find(id) is { } subscription)
        {
            subscription.ClientObserver = attached;
        }
        else
        {
            throw new InvalidOperationException("Handle is no longer valid. It has been used to unsubscribe.");
        }
    }

    internal void Unsubscribe(Guid id)
    {
        RuntimeContext.Current?.Extras.Observers?.Remove(id);
        provider.WithTopic(streamId, topic =>
        {
            if (topic.Subscriptions.Find(subscription => subscription.Id == id && !subscription.IsImplicit) is { } subscription)
            {
                subscription.End();
                topic.Subscriptions.Remove(subscription);
            }
        });
    }

    private StreamSubscription? Find(Guid id)
    {
        if (provider.FindTopic(streamId) is not { } topic)
        {
            return null;
        }

        lock (topic)
        {
            return topic.Subscriptions.Find(subscription => subscription.Id == id);
        }
    }
}
