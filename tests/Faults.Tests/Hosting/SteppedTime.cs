namespace Conclude.Faults.Tests.Hosting;

/// <summary>The real clock, which a test can set as an operator does: the time of day jumps, what is measured with timestamps and timers goes on.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _step;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _step));

    public void Step(TimeSpan by) => Interlocked.Add(ref _step, by.Ticks);
}
