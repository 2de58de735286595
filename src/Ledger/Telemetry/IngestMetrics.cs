using System.Diagnostics.Metrics;

namespace Conclude.Ledger.Telemetry;

/// <summary>How many events came, and what became of them.</summary>
public static class IngestMetrics
{
    private const string OutcomeLabel = "conclude.outcome";

    private static readonly Counter<long> Events = Signals.Meter.CreateCounter<long>(
        "conclude.ingest.events", "{event}", "Events by what became of them.");

    private static readonly Counter<long> ByVerdict = Signals.Meter.CreateCounter<long>(
        "conclude.ingest.verdicts", "{event}", "Accepted events by verdict, test events included.");

    // A fire's status in snake case; a conflict is decided again and counted then.
    private static readonly string?[] Outcomes = ["accepted", "duplicate", "over_quota", "too_many_names", null];

    internal static bool IsOn => Events.Enabled || ByVerdict.Enabled;

    /// <summary>Events that never got as far as the ledger, because they are not valid, or of a blocked name.</summary>
    public static void Invalid(int count)
    {
        if (count > 0)
        {
            Events.Add(count, new KeyValuePair<string, object?>(OutcomeLabel, "invalid"));
        }
    }

    internal static void Count(ReadOnlySpan<long> statuses, ReadOnlySpan<long> verdicts)
    {
        for (var status = 0; status < statuses.Length; status++)
        {
            if (statuses[status] > 0 && Outcomes[status] is { } outcome)
            {
                Events.Add(statuses[status], new KeyValuePair<string, object?>(OutcomeLabel, outcome));
            }
        }
        for (var verdict = 0; verdict < verdicts.Length; verdict++)
        {
            if (verdicts[verdict] > 0)
            {
                ByVerdict.Add(verdicts[verdict], new KeyValuePair<string, object?>("conclude.verdict", ((Verdict)verdict).Name()));
            }
        }
    }
}
