namespace Conclude.Dashboard.Live;

/// <summary>Runs an action soon after it is asked for, and at most once an interval however often it is asked for.</summary>
/// <param name="run">Must not throw.</param>
internal sealed class Throttle(TimeSpan interval, TimeProvider time, Action run) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _ranAt;
    private bool _waiting;
    private bool _disposed;

    public void Ask()
    {
        lock (_gate)
        {
            if (_waiting || _disposed)
            {
                return;
            }

            _waiting = true;
            var wait = _ranAt == 0 ? TimeSpan.Zero : interval - time.GetElapsedTime(_ranAt);
            _timer ??= time.CreateTimer(static self => ((Throttle)self!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _waiting = false;
            _ranAt = time.GetTimestamp();
        }

        run();
    }
}
