namespace Conclude.LocalEngine.Calls;

/// <summary>
/// The calls that wait for an answer, oldest first, so that one sweep for all of them finds those over time without looking at
/// the rest. This is what ends a cycle of calls (A waits for B, B waits for A).
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private const int Stripes = 16;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly long _timeoutTicks;
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe())];
    private readonly ITimer _sweep;

    internal PendingCalls(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        _timeoutTicks = (long)(timeout.TotalSeconds * time.TimestampFrequency);
        var period = TimeSpan.FromMilliseconds(Math.Clamp(timeout.TotalMilliseconds / 10, 10, 1_000));
        _sweep = time.CreateTimer(static state => ((PendingCalls)state!).Sweep(), this, period, period);
    }

    internal bool IsEmpty => Array.TrueForAll(_stripes, static stripe => Volatile.Read(ref stripe.Oldest) is null);

    internal void Add(AwaitedRequest call)
    {
        var index = Environment.CurrentManagedThreadId % Stripes;
        var stripe = _stripes[index];
        call.Deadline = _time.GetTimestamp() + _timeoutTicks;
        lock (stripe)
        {
            call.Stripe = index;
            call.Older = stripe.Newest;
            if (stripe.Newest is null)
            {
                stripe.Oldest = call;
            }
            else
            {
                stripe.Newest.Newer = call;
            }

            stripe.Newest = call;
        }
    }

    internal void Remove(AwaitedRequest call)
    {
        if (call.Stripe is var index && index < 0)
        {
            return;
        }

        var stripe = _stripes[index];
        lock (stripe)
        {
            if (call.Stripe >= 0)
            {
                stripe.Unlink(call);
            }
        }
    }

    /// <summary>Ends every wait; for shutdown.</summary>
    internal void FailAll(Exception reason)
    {
        foreach (var stripe in _stripes)
        {
            while (TakeOldest(stripe, long.MaxValue) is { } call)
            {
                call.TryFail(reason);
            }
        }
    }

    public void Dispose() => _sweep.Dispose();

    private static AwaitedRequest? TakeOldest(Stripe stripe, long now)
    {
        lock (stripe)
        {
            if (stripe.Oldest is not { } oldest || oldest.Deadline > now)
            {
                return null;
            }

            stripe.Unlink(oldest);
            return oldest;
        }
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var stripe in _stripes)
        {
            while (TakeOldest(stripe, now) is { } call)
            {
                call.TryFail(new TimeoutException($"Response did not arrive on time in {_timeout} for {call.Describe()}."));
            }
        }
    }

    private sealed class Stripe
    {
        internal AwaitedRequest? Oldest;
        internal AwaitedRequest? Newest;

        internal void Unlink(AwaitedRequest call)
        {
            if (call.Older is null)
            {
                Oldest = call.Newer;
            }
            else
            {
                call.Older.Newer = call.Newer;
            }

            if (call.Newer is null)
            {
                Newest = call.Older;
            }
            else
            {
                call.Newer.Older = call.Older;
            }

            call.Older = call.Newer = null;
            call.Stripe = -1;
        }
    }
}
