using System.Diagnostics.Metrics;
using Conclude.Ledger.Telemetry;

namespace Conclude.Ledger.Writing;

/// <summary>What the writer tells of itself: once for each batch, never for each event.</summary>
internal sealed class WriterMetrics : IDisposable
{
    private static readonly Meter Meter = Signals.Meter;

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "conclude.ledger.commit.duration", "s", "How long a batch took, from its taking to its commit or failure.",
        tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });

    private static readonly Histogram<int> Size = Meter.CreateHistogram(
        "conclude.ledger.commit.size", "{operation}", "Operations in one transaction; an event is one, and so is each step of a prompt.",
        tags: null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000] });

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "conclude.ledger.refusals", "{operation}", "Operations refused unwritten because too much waited.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "conclude.ledger.failures", "{operation}", "Operations that the store did not take.");

    private static readonly KeyValuePair<string, object?> Committed = new("conclude.outcome", "committed");
    private static readonly KeyValuePair<string, object?> Failed = new("conclude.outcome", "failed");
    private static readonly KeyValuePair<string, object?> Full = new("conclude.reason", "full");
    private static readonly KeyValuePair<string, object?> Slow = new("conclude.reason", "slow");
    private static readonly KeyValuePair<string, object?> Refused = new("conclude.reason", "refused");
    private static readonly KeyValuePair<string, object?> Unavailable = new("conclude.reason", "unavailable");

    // A meter of its own, so that the gauges end with this writer.
    private readonly Meter _gauges = new(Signals.Name);
    private readonly TimeProvider _time;

    public WriterMetrics(TimeProvider time, Func<long> queuedOperations, Func<long> queuedBytes)
    {
        _time = time;
        _gauges.CreateObservableUpDownCounter("conclude.ledger.queue.size", queuedOperations, "{operation}", "Operations that wait or are being written.");
        _gauges.CreateObservableUpDownCounter("conclude.ledger.queue.bytes", queuedBytes, "By", "Memory held by what waits or is being written, estimated.");
    }

    public static void Refuse(bool isFull) => Refusals.Add(1, isFull ? Full : Slow);

    /// <param name="refused">Those of the batch that the store refused one by one.</param>
    public void Commit(long started, List<Operation> batch, Dictionary<Operation, Exception> refused)
    {
        Duration.Record(_time.GetElapsedTime(started).TotalSeconds, Committed);
        if (Size.Enabled)
        {
            Size.Record(batch.Sum(static o => o.Weight));
        }
        if (refused.Count > 0)
        {
            Failures.Add(refused.Count, Refused);
        }
        if (IngestMetrics.IsOn)
        {
            Count(batch.Where(o => !refused.ContainsKey(o)));
        }
    }

    public void Fail(long started, int operations)
    {
        Duration.Record(_time.GetElapsedTime(started).TotalSeconds, Failed);
        Failures.Add(operations, Unavailable);
    }

    public void Dispose() => _gauges.Dispose();

    private static void Count(IEnumerable<Operation> batch)
    {
        Span<long> statuses = stackalloc long[(int)FireStatus.Conflict + 1];
        Span<long> verdicts = stackalloc long[Verdicts.Count];
        foreach (var operation in batch)
        {
            if (operation is AppendOperation append)
            {
                foreach (var result in append.Result)
                {
                    statuses[(int)result.Status]++;
                    verdicts[(int)result.Verdict] += result.Status == FireStatus.Accepted ? 1 : 0;
                }
            }
        }
        IngestMetrics.Count(statuses, verdicts);
    }
}
