namespace Conclude.Api.Tests.Hosting;

/// <summary>The real clock and real timers, with a lead that tests can enlarge: leases and cooldowns pass without waiting.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _lead;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Lead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Lead.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _lead, by.Ticks);

    private TimeSpan Lead => new(Interlocked.Read(ref _lead));
}
