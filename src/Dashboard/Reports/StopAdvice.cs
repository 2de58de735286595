using System.Globalization;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>What to change when a verdict stops more fires than one likes.</summary>
public static class StopAdvice
{
    /// <param name="moment">As it is now; null when it is none any more, and then nothing can be changed.</param>
    /// <param name="quietHours">Of the workspace.</param>
    public static string For(Verdict verdict, MomentDefinition? moment, decimal quietHours) => verdict switch
    {
        Verdict.Bot => "Crawlers are never asked. Nothing to change.",
        Verdict.NoMoment => moment is null ? "Create the moment to ask after this event." : "Fires from before this was a moment. Nothing to change.",
        Verdict.Stale => "They came in late from a browser that was offline. Nothing to change.",
        Verdict.LeaseHeld => "Only one prompt is open at a time. Nothing to change.",
        _ when moment is null => "The moment is gone; these are from when it was there.",
        Verdict.Disabled => moment.Enabled ? "The moment was off then. It is on now." : "Switch the moment on to ask.",
        Verdict.OutsideSchedule => "Change its start and end to ask on other days.",
        Verdict.NotInAudience => moment.Audience.IsEmpty ? "Its audience rules were removed since." : "Loosen the audience rules to ask more people.",
        Verdict.ResponseCap => moment.ResponseCap is { } cap ? $"Raise the cap of {Number(cap)} answers to go on asking." : "Its cap was removed since.",
        Verdict.OncePerUser => moment.OncePerUser ? "Allow asking the same person again to ask more often." : "People may be asked again since.",
        Verdict.Cooldown => moment.CooldownHours > 0 ? $"Lower the wait of {Wait(moment.CooldownHours)} to ask more often." : "The wait was removed since.",
        Verdict.QuietPeriod => quietHours > 0 ? $"Lower the quiet period of {Wait(quietHours)} in Settings, General." : "The quiet period was removed since.",
        Verdict.SampledOut => moment.SamplingRate < 100 ? $"Raise the sampling of {Number(moment.SamplingRate)}% to ask more people." : "All are asked since.",
        _ => "",
    };

    private static string Wait(decimal hours) =>
        hours >= 48 && hours % 24 == 0 ? $"{Number(hours / 24)} days" : hours == 1 ? "1 hour" : $"{Number(hours)} hours";

    private static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
