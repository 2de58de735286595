namespace Conclude.Bench.Runner;

/// <summary>One run of wrk. Latencies in microseconds.</summary>
internal sealed record WrkResult(long Requests, long Microseconds, long Failed, long P50, long P99, long Max)
{
    /// <summary>Processor time that wrk itself used, in microseconds.</summary>
    public long Cpu { get; init; }

    public double PerSecond => Requests * 1e6 / Microseconds;

    /// <summary>Of the one thread that it has; near 1 it was wrk that was measured.</summary>
    public double Busy => (double)Cpu / Microseconds;
}
