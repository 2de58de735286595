using Conclude.LocalEngine.Calls;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>A timer of an activation. Each tick is a request to it; the next tick is set when the callback has ended.</summary>
internal sealed class GrainTimer : Request, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _firing;
    private bool _changed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _period = options.Period;
        using var noFlow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = activation.Engine.Time.CreateTimer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal override bool Interleaves => _options.Interleave;

    internal override bool KeepsAlive => _options.KeepAlive;

    internal override bool DiesWithActivation => true;

    internal override bool IsAbandoned => _disposed.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime);
        Check(period);
        lock (_gate)
        {
            _due = dueTime;
            _period = period;
            _changed = true;
            if (!_firing && !IsAbandoned)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.RemoveTimer(this);
    }

    internal static GrainTimer Register(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (!ReferenceEquals(RuntimeContext.Current, activation))
        {
            throw new InvalidOperationException("A grain timer can be registered only by code that runs in the grain's own turn.");
        }

        Check(options.DueTime);
        Check(options.Period);
        var timer = new GrainTimer(activation, callback, options);
        activation.AddTimer(timer);
        timer._timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return timer;
    }

    internal override async ValueTask RunAsync(object target)
    {
        Error = null;
        try
        {
            await _callback(_disposed.Token);
        }
        catch (Exception exception)
        {
            Error = exception;
        }
    }

    internal override void Respond()
    {
        if (Error is not null && !IsAbandoned)
        {
            _activation.Engine.Log.TimerFailed(_activation.GrainId.ForLog(), Error);
        }

        lock (_gate)
        {
            _firing = false;
            if (!IsAbandoned)
            {
                _timer.Change(_changed ? _due : _period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private static void Check(TimeSpan time)
    {
        const long Longest = 0xfffffffe;
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, nameof(time));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, Longest, nameof(time));
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_firing)
            {
                return;
            }

            // From here on a change counts from the end of the callback.
            _firing = true;
            _changed = false;
        }

        if (!_activation.TryEnqueueTick(this))
        {
            // The activation is ending and takes its timers with it.
            lock (_gate)
            {
                _firing = false;
            }
        }
    }
}
