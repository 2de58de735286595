using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>Verdicts as people say them.</summary>
public static class VerdictWords
{
    /// <summary>A whole sentence for one fire.</summary>
    /// <param name="until">When the reason ends, in words; null when it has no end.</param>
    public static string Sentence(Verdict verdict, string? until) => verdict switch
    {
        Verdict.Shown => "Asked",
        Verdict.Cooldown => until is null ? "Not asked: asked recently" : $"Not asked: asked recently, again from {until}",
        Verdict.QuietPeriod => until is null ? "Not asked: quiet period between prompts" : $"Not asked: quiet period until {until}",
        Verdict.LeaseHeld => "Not asked: another prompt is open for this user",
        _ => $"Not asked: {Reason(verdict)}",
    };

    /// <summary>A line of the breakdown.</summary>
    public static string Label(Verdict verdict) => verdict switch
    {
        Verdict.Shown => "Asked",
        Verdict.Cooldown => "Asked recently (cooldown)",
        Verdict.QuietPeriod => "Quiet period between prompts",
        Verdict.LeaseHeld => "Another prompt was open",
        _ => Sentenced(Reason(verdict)),
    };

    private static string Reason(Verdict verdict) => verdict switch
    {
        Verdict.Bot => "sent by a crawler",
        Verdict.NoMoment => "not a moment",
        Verdict.Disabled => "the moment is switched off",
        Verdict.OutsideSchedule => "outside its dates",
        Verdict.NotInAudience => "not in the audience",
        Verdict.Stale => "arrived more than a minute late",
        Verdict.ResponseCap => "enough answers already",
        Verdict.OncePerUser => "asked once already",
        Verdict.SampledOut => "left out by sampling",
        _ => "no reason given",
    };

    private static string Sentenced(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
