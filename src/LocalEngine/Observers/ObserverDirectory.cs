using System.Collections.Concurrent;
using Conclude.LocalEngine.Calls;
using Orleans;
using Orleans.Runtime;

namespace Conclude.LocalEngine.Observers;

/// <summary>The objects outside grains that grains may call.</summary>
internal sealed class ObserverDirectory
{
    internal static readonly GrainType Type = GrainType.Create("sys.client");
    private readonly ConcurrentDictionary<GrainId, ObserverQueue> _observers = new();

    internal GrainId Add(IGrainObserver observer)
    {
        var id = GrainId.Create(Type, Guid.NewGuid().ToString("N"));
        _observers[id] = new ObserverQueue(observer);
        return id;
    }

    internal bool Remove(GrainId id) => _observers.TryRemove(id, out _);

    internal void Send(GrainId id, Request request)
    {
        if (_observers.TryGetValue(id, out var queue) && queue.TryEnqueue(request))
        {
            return;
        }

        // The object was collected, or the reference deleted.
        _observers.TryRemove(id, out _);
        request.Fail(new ClientNotAvailableException($"No observer for {id.ForLog()}; its reference was deleted or the object is gone."));
    }
}
