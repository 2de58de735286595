using System.Diagnostics;

namespace Conclude.Ledger.Writing;

/// <summary>
/// Callers queue operations; one thread takes all that waits, applies it in one transaction, publishes the commit and only then
/// completes the callers. There is no timer: the next batch is whatever arrived during the last commit.
/// </summary>
internal sealed partial class GroupCommit : IAsyncDisposable
{
    private readonly IStoreBatch _store;
    private readonly IReadOnlyList<ICommitListener> _listeners;
    private readonly GroupCommitOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WriterMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _arrived = new(false);
    private readonly Queue<Operation> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _fires;
    private long _waiting;
    private long _bytes;
    private long _commits;
    private bool _closing;

    public GroupCommit(IStoreBatch store, IReadOnlyList<ICommitListener> listeners, GroupCommitOptions options, TimeProvider time, ILogger log)
    {
        _store = store;
        _listeners = listeners;
        _options = options;
        _time = time;
        _log = log;
        _metrics = new WriterMetrics(time, () => Interlocked.Read(ref _fires), () => Interlocked.Read(ref _bytes));
        new Thread(Work) { IsBackground = true, Name = "Ledger writer" }.Start();
    }

    /// <summary>See <see cref="ILedger.Commits"/>.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <exception cref="LedgerBusyException">The queue is full.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger is closing.</exception>
    public Task<T> Enqueue<T>(Operation<T> operation)
    {
        bool wake;
        lock (_gate)
        {
            if (_closing)
            {
                throw new LedgerUnavailableException("The ledger is closing.");
            }
            // An empty queue takes anything, else an operation larger than the bound could never be written.
            var isFull = _fires + operation.Weight > _options.MaxQueuedFires || _bytes + operation.Bytes > _options.MaxQueuedBytes;
            if (((isFull && _fires > 0) || IsLate()) && !operation.Unbounded)
            {
                WriterMetrics.Refuse(isFull);
                throw new LedgerBusyException();
            }
            operation.QueuedAt = _time.GetTimestamp();
            _waiting += operation.Weight;
            _fires += operation.Weight;
            _bytes += operation.Bytes;
            wake = _queue.Count == 0;
            _queue.Enqueue(operation);
        }
        if (wake)
        {
            _arrived.Set();
        }
        return operation.Task;
    }

    /// <summary>Takes no more, writes what waits, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
        }
        _arrived.Set();
        await _ended.Task;
        _metrics.Dispose();
    }

    // What fits into the next transaction is never late: it waits for one commit, however long that takes.
    private bool IsLate() =>
        _waiting >= _options.MaxBatchFires && _queue.TryPeek(out var first) && _time.GetElapsedTime(first.QueuedAt) > _options.MaxWait;

    private void Work()
    {
        List<Operation> batch = [];
        while (Take(batch))
        {
            try
            {
                Write(batch);
            }
            catch (Exception failure)
            {
                // Not even a rollback that throws may end the thread: the process would look alive and take nothing any more.
                LogOutage(batch.Count, failure);
                FailAll(batch, failure);
            }
            finally
            {
                Release(batch);
            }
        }
        try
        {
            _store.Dispose();
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(failure);
        }
    }

    private bool Take(List<Operation> batch)
    {
        batch.Clear();
        while (true)
        {
            lock (_gate)
            {
                var weight = 0;
                while (_queue.TryPeek(out var next) && (batch.Count == 0 || weight + next.Weight <= _options.MaxBatchFires))
                {
                    weight += next.Weight;
                    batch.Add(_queue.Dequeue());
                }
                _waiting -= weight;
                if (batch.Count > 0 || _closing)
                {
                    return batch.Count > 0;
                }
            }
            _arrived.WaitOne();
        }
    }

    private void Release(List<Operation> batch)
    {
        lock (_gate)
        {
            foreach (var operation in batch)
            {
                _fires -= operation.Weight;
                _bytes -= operation.Bytes;
            }
        }
    }

    private void Write(List<Operation> batch)
    {
        var started = _time.GetTimestamp();
        using var span = CommitSpan.Start(batch);
        List<(Operation Operation, Exception Reason)> refused = [];
        IReadOnlyList<Commit> commits;
        try
        {
            commits = StoreAtMostTwice(batch, refused);
        }
        catch (Exception failure)
        {
            _store.Rollback();
            span?.SetStatus(ActivityStatusCode.Error);
            _metrics.Fail(started, batch.Count);
            LogOutage(batch.Count, failure);
            FailAll(batch, failure);
            return;
        }
        Interlocked.Increment(ref _commits);
        Publish(commits);
        Dictionary<Operation, Exception> failures = [];
        foreach (var (operation, reason) in refused)
        {
            LogRefused(operation.GetType().Name, reason);
            failures.Add(operation, new LedgerRefusedException(reason));
        }
        Completions.Queue([.. batch.Select(o => (o, failures.GetValueOrDefault(o)))]);
        // The callers go on meanwhile.
        _metrics.Commit(started, batch, failures);
    }

    private IReadOnlyList<Commit> StoreAtMostTwice(List<Operation> batch, List<(Operation, Exception)> refused)
    {
        try
        {
            return Store(batch, refused);
        }
        catch (Exception failure) when (_store.IsContention(failure))
        {
            LogContention(batch.Count, failure);
            _store.Rollback();
            refused.Clear();
            return Store(batch, refused);
        }
    }

    private IReadOnlyList<Commit> Store(List<Operation> batch, List<(Operation, Exception)> refused)
    {
        _store.Begin();
        try
        {
            _store.Apply(batch);
        }
        catch (Exception failure) when (!_store.IsOutage(failure))
        {
            _store.Rollback();
            _store.Begin();
            foreach (var operation in batch)
            {
                try
                {
                    _store.ApplyAlone(operation);
                }
                catch (Exception reason) when (!_store.IsOutage(reason))
                {
                    refused.Add((operation, reason));
                }
            }
        }
        return _store.Commit();
    }

    private void FailAll(List<Operation> batch, Exception failure)
    {
        var reason = new LedgerUnavailableException("The store did not take the operation.", failure);
        Answer(batch);
        // A store that is down while we close would hold up the end by its timeout for every batch that waits.
        Operation[] rest;
        lock (_gate)
        {
            rest = _closing ? [.. _queue] : [];
            if (_closing)
            {
                _waiting = 0;
                _queue.Clear();
            }
        }
        Answer(rest);

        void Answer(IEnumerable<Operation> operations) => Completions.Queue([.. operations.Select(o => (o, (Exception?)reason))]);
    }

    private void Publish(IReadOnlyList<Commit> commits)
    {
        if (commits.Count == 0)
        {
            return;
        }
        foreach (var listener in _listeners)
        {
            try
            {
                listener.Committed(commits);
            }
            catch (Exception failure)
            {
                // What is committed is committed: the callers must hear of it.
                LogListener(listener.GetType().Name, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store did not take a batch of {Count} operations")]
    private partial void LogOutage(int count, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another writer was in the way of a batch of {Count} operations; it is tried again")]
    private partial void LogContention(int count, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store refused one operation: {Operation}")]
    private partial void LogRefused(string operation, Exception reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Commit listener {Listener} failed")]
    private partial void LogListener(string listener, Exception failure);
}
