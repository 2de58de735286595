using System.Globalization;

namespace Conclude.Dashboard.Moments;

/// <summary>What a schedule means now.</summary>
public static class ScheduleWords
{
    /// <param name="from">Null: at once.</param>
    /// <param name="until">Null: for good.</param>
    public static string Of(DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset now) => (from, until) switch
    {
        ({ } f, { } u) when f >= u => "It ends before it starts: nobody would ever be asked.",
        (_, { } u) when u <= now => $"Ended {Span(now - u)} ago: nobody is asked.",
        ({ } f, { } u) when f > now => $"Starts in {Span(f - now)} and runs for {Span(u - f)}.",
        ({ } f, null) when f > now => $"Starts in {Span(f - now)}, without an end.",
        (_, { } u) => $"Runs now and ends in {Span(u - now)}.",
        ({ } f, null) => $"Runs since {Span(now - f)}, without an end.",
        _ => "Always: no start, no end.",
    };

    /// <summary>In the largest unit that says it well: such as <c>3 days</c>, <c>5 hours</c>, <c>1 minute</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 60 } => Count(span.TotalDays / 30.44, "month"),
        { TotalDays: >= 21 } => Count(span.TotalDays / 7, "week"),
        { TotalHours: >= 47.5 } => Count(span.TotalDays, "day"),
        { TotalMinutes: >= 119.5 } => Count(span.TotalHours, "hour"),
        _ => Count(Math.Max(1, span.TotalMinutes), "minute"),
    };

    private static string Count(double count, string unit)
    {
        var whole = Math.Round(count, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture, $"{whole:0} {unit}{(whole > 1 ? "s" : "")}");
    }
}
