using Conclude.Api.Errors;
using Conclude.Api.Json;

namespace Conclude.Api.Moments;

/// <summary>The whole hours or days of a question about counters, UTC.</summary>
/// <param name="From">Start of the first interval.</param>
/// <param name="To">End of the last interval.</param>
internal sealed record StatsRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Interval)
{
    public const int MaxPoints = 10_000;
    private const int DefaultDays = 30;

    /// <summary>Bounds inside an interval are moved outwards, so that no counter is cut in two. Default: the last 30 days, by day.</summary>
    public static Reading<StatsRange> Read(string? from, string? to, string? interval, DateTimeOffset now)
    {
        var fields = new Fields();
        var step = interval switch
        {
            null or "day" => TimeSpan.FromDays(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        fields.Must(step > TimeSpan.Zero, "interval", "hour or day");
        var end = QueryText.Instant(to, "to", fields) ?? now;
        var start = QueryText.Instant(from, "from", fields) ?? end.AddDays(-DefaultDays);
        fields.Must(start < end, "from", "must be before to");
        if (fields.Errors is null)
        {
            var range = new StatsRange(Floor(start, step), Ceiling(end, step), step);
            fields.Must(range.Points <= MaxPoints, "interval", $"over {MaxPoints} points: choose a shorter range or a longer interval");
            if (fields.Errors is null)
            {
                return range;
            }
        }

        return ApiProblem.Validation(fields.Errors);
    }

    public long Points => (To - From).Ticks / Interval.Ticks;

    public int PointOf(DateTimeOffset hour) => (int)((hour - From).Ticks / Interval.Ticks);

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset at, TimeSpan step) => Floor(at.AddTicks(step.Ticks - 1), step);
}
