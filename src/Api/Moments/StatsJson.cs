namespace Conclude.Api.Moments;

/// <summary>Counters of a moment over a time range.</summary>
/// <param name="Totals">Over the whole range.</param>
/// <param name="Verdicts">Fires by verdict over the whole range; they add up to <c>totals.fires</c>, and <c>shown</c> is <c>totals.prompted</c>.</param>
/// <param name="Series">One point for each interval of the range, quiet ones included, oldest first.</param>
internal sealed record StatsJson(TotalsJson Totals, IReadOnlyDictionary<string, long> Verdicts, IReadOnlyList<PointJson> Series);

/// <summary>Counters of one interval.</summary>
/// <param name="At">Start of the hour or day, UTC.</param>
internal sealed record PointJson(
    DateTimeOffset At, long Fires, long Prompted, long Seen, long Dismissed, long Positive, long Neutral, long Frustrated, long Comments);
