using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>
/// From fires to comments. Each step is counted when it happened, so in a short range a step may hold more than the one before it:
/// the answer today to the prompt of last night.
/// </summary>
public static class Funnel
{
    /// <summary>Verdicts about the fire itself. The others are about asking now, of somebody who might be asked.</summary>
    private static readonly ImmutableArray<Verdict> NotEligible =
        [Verdict.Bot, Verdict.NoMoment, Verdict.Disabled, Verdict.OutsideSchedule, Verdict.NotInAudience, Verdict.Stale];

    public static long Eligible(Counters counters) => counters.Fires - NotEligible.Sum(v => counters.Verdicts[(int)v]);

    public static ImmutableArray<FunnelStep> Of(Counters counters)
    {
        (string Id, string Label, string Meaning, long Count)[] counts =
        [
            ("fires", "Fires", "the event happened", counters.Fires),
            ("eligible", "Eligible", "on, in its dates and in the audience", Eligible(counters)),
            ("prompted", "Prompted", "a prompt was granted", counters.Prompted),
            ("seen", "Seen", "the prompt was on the screen", counters.Seen),
            ("answered", "Answered", "somebody tapped a reaction", counters.Reactions),
            ("commented", "Commented", "and wrote a line", counters.Comments),
        ];
        return [.. counts.Select((step, i) => new FunnelStep(step.Id, step.Label, step.Meaning, step.Count, i == 0 ? null : counts[i - 1].Count, counts[0].Count))];
    }

    /// <summary>What stopped the fires that did not ask, most first.</summary>
    public static ImmutableArray<(Verdict Verdict, long Count)> Stopped(Counters counters) =>
    [
        .. Verdicts.All.Where(static v => v is not Verdict.Shown)
            .Select(v => (Verdict: v, Count: counters.Verdicts[(int)v]))
            .Where(static v => v.Count > 0)
            .OrderByDescending(static v => v.Count),
    ];
}
