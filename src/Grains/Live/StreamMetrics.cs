using System.Diagnostics.Metrics;
using Conclude.Ledger.Telemetry;

namespace Conclude.Grains.Live;

/// <summary>How far behind the ledger the streams are: once for each message of news, never for each event.</summary>
internal static class StreamMetrics
{
    private static readonly Histogram<double> Lag = Signals.Meter.CreateHistogram(
        "conclude.stream.lag", "s", "From the first commit that a message of news tells of until it was told.",
        tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .2, .3, .5, 1, 2.5, 5, 10, 30] });

    private static readonly Counter<long> Untold = Signals.Meter.CreateCounter<long>(
        "conclude.stream.untold", "{message}", "Messages of news that no stream took; readers heal from the ledger.");

    public static void Told(TimeSpan lag) => Lag.Record(lag.TotalSeconds);

    public static void NotTold() => Untold.Add(1);
}
