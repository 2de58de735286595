namespace Conclude.LocalEngine;

/// <summary>
/// Runs the code of one activation on the thread pool, one piece at a time. Awaits in grain code capture it, so their
/// continuations come back here. Owns no thread; idle it is an object with empty fields.
/// </summary>
internal sealed class TurnScheduler(Activation owner) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Pieces run in a row before other activations get the thread.</summary>
    private const int Quantum = 64;

    private static readonly Action<object?> Pump = static activation => ((Activation)activation!).Pump();

    // One task is the usual case; the queue exists only while there are more.
    private Task? _first;
    private Queue<Task>? _rest;
    private bool _pumpAsked;
    private bool _running;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Asks for <see cref="Activation.Pump"/> to run as a piece of its own.</summary>
    internal void AskForPump()
    {
        lock (this)
        {
            _pumpAsked = true;
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = owner;
        try
        {
            for (var count = 0; count < Quantum; count++)
            {
                if (!TryTake(out var task))
                {
                    return;
                }

                if (task is null)
                {
                    // Made here, where no caller's execution context is around to flow into the grain.
                    new Task(Pump, owner).RunSynchronously(this);
                }
                else
                {
                    TryExecuteTask(task);
                }
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (this)
        {
            if (_first is null && _rest is null)
            {
                _first = task;
            }
            else
            {
                (_rest ??= new()).Enqueue(task);
            }

            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ReferenceEquals(RuntimeContext.Current, owner) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (this)
        {
            return [.. _first is null ? Array.Empty<Task>() : [_first], .. _rest?.AsEnumerable() ?? []];
        }
    }

    /// <summary>False: nothing is left and the scheduler has stopped. Null: the pump.</summary>
    private bool TryTake(out Task? task)
    {
        lock (this)
        {
            task = null;
            if (_first is not null)
            {
                (task, _first) = (_first, null);
                return true;
            }

            if (_rest is not null)
            {
                task = _rest.Dequeue();
                if (_rest.Count == 0)
                {
                    _rest = null;
                }

                return true;
            }

            if (_pumpAsked)
            {
                _pumpAsked = false;
                return true;
            }

            _running = false;
            return false;
        }
    }
}
