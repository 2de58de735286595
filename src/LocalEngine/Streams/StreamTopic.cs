using Orleans.Runtime;

namespace Conclude.LocalEngine.Streams;

/// <summary>The subscriptions of one stream. Guarded by a lock on itself, which also orders its events. Gone when nobody needs it.</summary>
internal sealed class StreamTopic(MemoryStreamProvider provider, StreamId streamId)
{
    internal StreamId StreamId => streamId;

    internal List<StreamSubscription> Subscriptions { get; } = [];

    internal bool IsRemoved { get; set; }

    /// <summary>Makes the implicit subscriptions that are not there yet.</summary>
    internal void Subscribe(GrainClass[] implicitClasses)
    {
        foreach (var grainClass in implicitClasses)
        {
            var grainId = GrainId.Create(grainClass.GrainType, streamId.GetKeyAsString());
            if (!Subscriptions.Exists(subscription => subscription.IsImplicit && subscription.Grain?.Id == grainId))
            {
                Subscriptions.Add(new StreamSubscription(provider, this, ImplicitId.For(provider.Name, streamId, grainId), (grainClass, grainId), null, isImplicit: true));
            }
        }
    }

    /// <summary>Lets go of an implicit subscription that has nothing left to deliver.</summary>
    internal void Release(StreamSubscription subscription)
    {
        lock (this)
        {
            if (subscription.IsImplicit && subscription.IsIdle && Subscriptions.Remove(subscription))
            {
                provider.RemoveIfEmpty(this);
            }
        }
    }
}
