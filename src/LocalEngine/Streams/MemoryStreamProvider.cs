using System.Collections.Concurrent;
using Conclude.LocalEngine.Copying;
using Microsoft.Extensions.Options;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

/// <summary>
/// Streams inside the process. A producer never waits for a subscriber: each subscriber has a queue of its own, and when it is
/// full the oldest events are dropped and the subscriber's OnErrorAsync gets a <see cref="QueueCacheMissException"/>. Users of Orleans'
/// memory streams see the same when events leave the cache before a slow subscriber has read them.
/// </summary>
internal sealed class MemoryStreamProvider(string name, Engine engine, IOptions<LocalEngineOptions> options) : IStreamProvider
{
    private readonly ConcurrentDictionary<StreamId, StreamTopic> _topics = new();
    private readonly ConcurrentDictionary<string, GrainClass[]> _implicit = new(StringComparer.Ordinal);
    private long _sequence;

    public string Name => name;

    public bool IsRewindable => false;

    internal Engine Engine => engine;

    internal int QueueLength => options.Value.StreamQueueLength;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    /// <summary>Queues the events, which are one batch, for every subscriber there is now.</summary>
    internal void Publish<T>(StreamId streamId, IReadOnlyList<T> batch)
    {
        engine.RefuseOutsideCallsWhenStopping();
        var implicitClasses = ImplicitSubscribers(streamId);
        if (batch.Count == 0 || (implicitClasses.Length == 0 && !_topics.ContainsKey(streamId)))
        {
            return;
        }

        var own = new T[batch.Count];
        for (var index = 0; index < own.Length; index++)
        {
            own[index] = DeepCopier.Copy(batch[index]);
        }

        WithTopic(streamId, topic =>
        {
            topic.Subscribe(implicitClasses);
            var sequence = Interlocked.Increment(ref _sequence);
            var last = topic.Subscriptions.Count - 1;
            for (var subscriber = 0; subscriber <= last; subscriber++)
            {
                for (var index = 0; index < own.Length; index++)
                {
                    // The own copy goes to the last: whoever has it may change it at once.
                    var item = subscriber == last ? own[index] : DeepCopier.Copy(own[index]);
                    topic.Subscriptions[subscriber].Enqueue(new StreamEvent(item, new EventSequenceTokenV2(sequence, index), null));
                }
            }
        });
    }

    internal void WithTopic(StreamId streamId, Action<StreamTopic> action)
    {
        while (true)
        {
            var topic = _topics.GetOrAdd(streamId, static (id, provider) => new StreamTopic(provider, id), this);
            lock (topic)
            {
                if (!topic.IsRemoved)
                {
                    action(topic);
                    RemoveIfEmpty(topic);
                    return;
                }
            }
        }
    }

    internal StreamTopic? FindTopic(StreamId streamId) => _topics.GetValueOrDefault(streamId);

    internal void RemoveIfEmpty(StreamTopic topic)
    {
        if (topic.Subscriptions.Count == 0)
        {
            topic.IsRemoved = true;
            _topics.TryRemove(KeyValuePair.Create(topic.StreamId, topic));
        }
    }

    internal bool IsImplicitSubscriber(Activation activation, StreamId streamId) =>
        activation.GrainId.Key.ToString() == streamId.GetKeyAsString() && Array.IndexOf(ImplicitSubscribers(streamId), activation.Class) >= 0;

    private GrainClass[] ImplicitSubscribers(StreamId streamId) => streamId.GetNamespace() is { } ns
        ? _implicit.GetOrAdd(ns, static (key, classes) => [.. classes.All.Where(candidate =>
            Array.Exists(candidate.Subscriptions, subscription => subscription.StreamNamespace == key))], engine.Classes)
        : [];
}
