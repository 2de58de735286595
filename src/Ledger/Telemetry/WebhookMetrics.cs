using System.Diagnostics.Metrics;

namespace Conclude.Ledger.Telemetry;

/// <summary>How deliveries to webhooks fare. What waits is of the whole store, whichever process tells it.</summary>
public static class WebhookMetrics
{
    private static readonly Counter<long> Attempts = Signals.Meter.CreateCounter<long>(
        "conclude.webhooks.attempts", "{attempt}", "Attempts to deliver, by what came of them.");

    private static readonly Histogram<double> Duration = Signals.Meter.CreateHistogram(
        "conclude.webhooks.attempt.duration", "s", "From the start of an attempt to the head of its answer, or to its end without one.",
        tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });

    private static long s_due;
    private static double s_oldest;

    static WebhookMetrics()
    {
        Signals.Meter.CreateObservableGauge("conclude.webhooks.backlog", static () => Interlocked.Read(ref s_due), "{delivery}", "Deliveries that are due, up to 10,000 a webhook.");
        Signals.Meter.CreateObservableGauge("conclude.webhooks.backlog.age", static () => Volatile.Read(ref s_oldest), "s", "How long the first of them has been due.");
    }

    public static void Attempted(bool delivered, bool givenUp, TimeSpan took)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("conclude.outcome", delivered ? "delivered" : givenUp ? "given_up" : "failed"));
        Duration.Record(took.TotalSeconds);
    }

    public static void Waiting(long due, TimeSpan oldest)
    {
        Interlocked.Exchange(ref s_due, due);
        Volatile.Write(ref s_oldest, Math.Max(0, oldest.TotalSeconds));
    }
}
