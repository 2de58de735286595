using Conclude.LocalEngine.Calls;
using Orleans;

namespace Conclude.LocalEngine.Observers;

/// <summary>Calls of one observer, one after the other on the thread pool. Holds the object weakly, as Orleans does.</summary>
internal sealed class ObserverQueue(IGrainObserver observer) : IThreadPoolWorkItem
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private readonly Lock _gate = new();
    private RequestQueue _waiting;
    private IGrainObserver? _target;

    /// <summary>False: the object was garbage collected.</summary>
    internal bool TryEnqueue(Request request)
    {
        if (!_observer.TryGetTarget(out var target))
        {
            return false;
        }

        lock (_gate)
        {
            _waiting.Enqueue(request);
            if (_target is not null)
            {
                return true;
            }

            _target = target;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (true)
        {
            Request? request;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(onlyInterleaving: false, out request))
                {
                    _target = null;
                    return;
                }
            }

            await request.RunAsync(_target!);
            request.Respond();
        }
    }
}
