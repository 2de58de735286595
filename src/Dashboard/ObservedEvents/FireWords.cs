using System.Globalization;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>Why a fire did or did not ask, in words.</summary>
public static class FireWords
{
    /// <param name="workspace">What is in force now. Fires do not keep what was in force then, so what no longer fits is left out.</param>
    /// <param name="when">A time to come, in words.</param>
    public static string Verdict(RecentFire fire, WorkspaceSnapshot workspace, Func<DateTimeOffset, string> when)
    {
        var moment = workspace.Moments.GetValueOrDefault(fire.Event);
        return fire.Verdict switch
        {
            Ledger.Verdict.Shown => "Asked",
            Ledger.Verdict.Bot => "Not asked: sent by a crawler",
            Ledger.Verdict.NoMoment => "Not asked: not a moment",
            Ledger.Verdict.Disabled => "Not asked: the moment was switched off",
            Ledger.Verdict.OutsideSchedule => fire.Until is { } starts ? $"Not asked: asks from {when(starts)}" : "Not asked: its dates are over",
            Ledger.Verdict.NotInAudience => "Not asked: not in the audience",
            Ledger.Verdict.Stale => $"Not asked: arrived {Span(fire.ReceivedAt - fire.At) ?? "more than a minute"} late",
            Ledger.Verdict.ResponseCap => moment?.ResponseCap is { } cap
                ? $"Not asked: enough answers ({cap.ToString("N0", CultureInfo.InvariantCulture)})"
                : "Not asked: enough answers",
            Ledger.Verdict.OncePerUser => "Not asked: asked once already",
            Ledger.Verdict.Cooldown => $"Not asked: {Asked(fire, moment?.CooldownHours)}{(fire.Until is { } until ? $", again from {when(until)}" : null)}",
            Ledger.Verdict.QuietPeriod => $"Not asked: {Asked(fire, workspace.Settings.QuietPeriodHours)} by some moment{(fire.Until is { } until ? $", quiet until {when(until)}" : null)}",
            Ledger.Verdict.LeaseHeld => fire.Until is { } until ? $"Not asked: another prompt is open, until {when(until)}" : "Not asked: another prompt is open",
            Ledger.Verdict.SampledOut => moment is { SamplingRate: < 100 }
                ? $"Not asked: sampled out ({moment.SamplingRate.ToString("0.##", CultureInfo.InvariantCulture)} %)"
                : "Not asked: sampled out",
            _ => "Not asked",
        };
    }

    /// <summary>For a choice of verdicts.</summary>
    public static string Choice(Verdict verdict) => verdict switch
    {
        Ledger.Verdict.Shown => "Asked",
        Ledger.Verdict.Bot => "Crawler",
        Ledger.Verdict.NoMoment => "Not a moment",
        Ledger.Verdict.Disabled => "Switched off",
        Ledger.Verdict.OutsideSchedule => "Outside its dates",
        Ledger.Verdict.NotInAudience => "Not in the audience",
        Ledger.Verdict.Stale => "Arrived late",
        Ledger.Verdict.ResponseCap => "Enough answers",
        Ledger.Verdict.OncePerUser => "Asked once already",
        Ledger.Verdict.Cooldown => "Cooldown",
        Ledger.Verdict.QuietPeriod => "Quiet period",
        Ledger.Verdict.LeaseHeld => "Another prompt open",
        _ => "Sampled out",
    };

    /// <summary>The gap ends its hours after they were asked; a gap that was changed since tells nothing.</summary>
    private static string Asked(RecentFire fire, decimal? hours) =>
        fire.ReceivedAt - (fire.Until - TimeSpan.FromHours((double)(hours ?? 0))) is { Ticks: >= 0 } ago && hours > 0
            ? $"asked {Span(ago) ?? "just"} {(Span(ago) is null ? "now" : "ago")}"
            : "asked recently";

    private static string? Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => null,
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };
}
