using System.Globalization;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>A forecast in plain words.</summary>
/// <param name="Summary">Such as <c>About 40 prompts a day at last week's traffic.</c></param>
/// <param name="Detail">What it leaves out, and what else will limit it.</param>
public sealed record ForecastWords(string Summary, string Detail)
{
    /// <summary>From so many prompts on, the share that was answered says something.</summary>
    private const long EnoughPrompts = 20;

    public static ForecastWords Waiting { get; } = new("Looking at last week's traffic…", "");

    public static ForecastWords Failed { get; } = new("No forecast just now.", "Last week's traffic could not be read. Saving works all the same.");

    public static ForecastWords NoName { get; } = new("No forecast yet.", "It comes with the event's name.");

    public static ForecastWords NoTraffic { get; } = new("No traffic yet.", "This event has not been fired in the last 7 days.");

    public static ForecastWords Unclear { get; } = new("No forecast yet.", "A number above needs another look.");

    /// <param name="asked">Of the moment until now.</param>
    public static ForecastWords Of(MomentDefinition moment, PastTraffic traffic, PromptForecast forecast, decimal quietPeriodHours, Counters asked)
    {
        if (traffic.Fires.Total == 0)
        {
            return NoTraffic;
        }

        if (moment.ResponseCap is { } cap && asked.Reactions >= cap)
        {
            return new ForecastWords("No prompts: the limit of answers is reached.", $"{Count(asked.Reactions)} people have answered; raise the limit to ask on.");
        }

        var lead = moment.Enabled ? "About" : "Off now; on, about";
        return new ForecastWords($"{lead} {Rate(forecast.PromptsPerDay, "prompt")} at last week's traffic.", string.Join(' ', Details(moment, traffic, forecast, quietPeriodHours, asked)));
    }

    private static IEnumerable<string> Details(MomentDefinition moment, PastTraffic traffic, PromptForecast forecast, decimal quietPeriodHours, Counters asked)
    {
        yield return $"Of {Rate(forecast.FiresPerDay, "event")}.";
        if (moment.ResponseCap is { } cap)
        {
            var share = asked.Prompted >= EnoughPrompts ? (double)asked.Reactions / asked.Prompted : 0;
            var days = (cap - asked.Reactions) / (forecast.PromptsPerDay * share);
            yield return double.IsFinite(days) && days > 0 && days < 3650
                ? $"Its {Count(cap)} answers are reached in about {ScheduleWords.Span(TimeSpan.FromDays(days))}, when people answer as until now."
                : $"It ends with {Count(cap)} answers.";
        }

        if (traffic.Fires.Fires.Length < traffic.Fires.Total)
        {
            yield return $"Scaled up from the newest {Count(traffic.Fires.Fires.Length)} of {Count(traffic.Fires.Total)} events.";
        }

        List<string> left = ["who was asked before last week"];
        if (moment.Audience.Any(Forecast.LeavesOut))
        {
            left.Add("rules about the page");
        }

        if (quietPeriodHours > 0)
        {
            left.Add("prompts of other moments");
        }

        if (moment.StartsAt is not null || moment.EndsAt is not null)
        {
            left.Add("the schedule");
        }

        yield return $"Leaves out {(left.Count == 1 ? left[0] : $"{string.Join(", ", left.SkipLast(1))} and {left[^1]}")}.";
    }

    private static string Rate(double perDay, string what) => perDay switch
    {
        0 => $"0 {what}s a day",
        < 0.75 => $"{Plural(Math.Max(1, perDay * 7), what)} a week",
        _ => $"{Plural(perDay, what)} a day",
    };

    /// <summary>Two digits are as much as it knows.</summary>
    private static string Plural(double count, string what)
    {
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(count)) - 1));
        var rounded = Math.Round(count / step, MidpointRounding.AwayFromZero) * step;
        return $"{Count((long)rounded)} {what}{(rounded > 1 ? "s" : "")}";
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
