using System.Diagnostics.CodeAnalysis;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>A clock that stands until a test moves it; due timers fire inside <see cref="Advance"/>, in order, on its thread.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (TryTakeDue(end, out var timer))
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    private bool TryTakeDue(DateTimeOffset end, [NotNullWhen(true)] out ManualTimer? timer)
    {
        lock (_gate)
        {
            timer = _timers.Where(candidate => candidate.Due <= end).MinBy(static candidate => candidate.Due);
            if (timer is null)
            {
                return false;
            }

            _now = timer.Due > _now ? timer.Due : _now;
            timer.Due += timer.Period;
            if (timer.Period <= TimeSpan.Zero)
            {
                _timers.Remove(timer);
            }

            return true;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; set; }

        internal TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time._now + dueTime;
                    Period = period;
                    time._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire() => callback(state);
    }
}
