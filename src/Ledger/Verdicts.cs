namespace Conclude.Ledger;

/// <summary>The names of the verdicts on the wire and in the store's columns (snake case).</summary>
public static class Verdicts
{
    private static readonly string[] Names =
    [
        "bot", "no_moment", "disabled", "outside_schedule", "not_in_audience", "stale", "response_cap",
        "once_per_user", "cooldown", "quiet_period", "lease_held", "sampled_out", "shown",
    ];

    /// <summary>How many verdicts there are.</summary>
    public static int Count => Names.Length;

    /// <summary>Every verdict in the order of the rules.</summary>
    public static IEnumerable<Verdict> All => Enumerable.Range(0, Count).Select(static i => (Verdict)i);

    public static string Name(this Verdict verdict) => Names[(int)verdict];
}
