using System.Diagnostics.Metrics;

namespace Conclude.Ledger.Telemetry;

/// <summary>How far retention and erasure have come.</summary>
internal static class UpkeepMetrics
{
    private static readonly Counter<long> Trimmed = Signals.Meter.CreateCounter<long>(
        "conclude.retention.rows", "{row}", "Rows that retention deleted or blanked.");

    private static readonly Counter<long> Erased = Signals.Meter.CreateCounter<long>(
        "conclude.erasure.rows", "{row}", "Rows that erasure took out of a person's name.");

    public static void Trim(TrimResult result)
    {
        Add(Trimmed, "event", result.Events);
        Add(Trimmed, "prompt", result.Prompts);
        Add(Trimmed, "test", result.TestFacts);
    }

    public static void Erase(EraseResult result)
    {
        Add(Erased, "event", result.Events);
        Add(Erased, "prompt", result.Prompts);
    }

    private static void Add(Counter<long> counter, string kind, long rows)
    {
        if (rows > 0)
        {
            counter.Add(rows, new KeyValuePair<string, object?>("conclude.row", kind));
        }
    }
}
