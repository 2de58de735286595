using Conclude.Bench.Service;

namespace Conclude.Bench.GroupCommit;

/// <summary>One thread takes what waits, writes it in one transaction, then answers. No timer, no bound.</summary>
public sealed class Batcher : IEventStore
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _arrived = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IBatches _store;
    private readonly int _maxRequests;
    private List<Pending> _waiting = [];
    private TaskCompletionSource<StoredCount>? _count;
    private bool _closing;

    /// <param name="maxRequests">In one transaction.</param>
    public Batcher(IBatches store, int maxRequests)
    {
        _store = store;
        _maxRequests = maxRequests;
        new Thread(Work) { IsBackground = true, Name = "Writer" }.Start();
    }

    public ValueTask<int> Append(EventsRequest request)
    {
        Pending pending = new(request, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        bool wake;
        lock (_gate)
        {
            wake = _waiting.Count == 0;
            _waiting.Add(pending);
        }

        if (wake)
        {
            _arrived.Set();
        }

        return new(pending.Task);
    }

    public Task<StoredCount> Count()
    {
        TaskCompletionSource<StoredCount> count;
        lock (_gate)
        {
            count = _count ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _arrived.Set();
        return count.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
        }

        _arrived.Set();
        await _ended.Task;
        _arrived.Dispose();
    }

    private void Work()
    {
        List<Pending> taken = [];
        while (true)
        {
            TaskCompletionSource<StoredCount>? count;
            lock (_gate)
            {
                (_waiting, taken) = (taken, _waiting);
                (count, _count) = (_count, null);
                if (_closing && taken.Count == 0)
                {
                    break;
                }
            }

            for (var at = 0; at < taken.Count; at += Math.Min(_maxRequests, taken.Count - at))
            {
                Write(_maxRequests >= taken.Count ? taken : taken.GetRange(at, Math.Min(_maxRequests, taken.Count - at)));
            }

            count?.SetResult(_store.Count());
            if (taken.Count == 0)
            {
                _arrived.WaitOne();
            }

            taken.Clear();
        }

        _store.Dispose();
        _ended.SetResult();
    }

    private void Write(List<Pending> batch)
    {
        try
        {
            _store.Write(batch);
        }
        catch (Exception failure)
        {
            // The answers become 500, which ends the run; whatever the store is left in is never measured.
            foreach (var pending in batch)
            {
                pending.TrySetException(failure);
            }

            return;
        }

        foreach (var pending in batch)
        {
            pending.SetResult(pending.Accepted);
        }
    }
}
