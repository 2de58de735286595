using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Conclude.Dashboard.ObservedEvents;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>The last days of every name of a workspace, as one read found them.</summary>
public sealed class DayLines(IEnumerable<DaySeries> series)
{
    private readonly FrozenDictionary<string, Known> _byName = series.ToFrozenDictionary(static s => s.Event, static s => new Known(s), StringComparer.Ordinal);

    /// <summary>The line that each name had when it was last asked for.</summary>
    private readonly ConcurrentDictionary<string, DayLine> _drawn = new(StringComparer.Ordinal);

    public static DayLines None { get; } = new([]);

    /// <summary>Rows of the list of moments.</summary>
    internal SharedLines<MomentLine> Moments { get; } = new();

    /// <summary>Rows of the list of names.</summary>
    internal SharedLines<ObservedLine> Names { get; } = new();

    /// <summary>Fires by day, the oldest first; the last day holds what came since the read, too.</summary>
    /// <param name="fires">All fires of the name now.</param>
    /// <returns>The same object until today's fires show; <see cref="DayLine.None"/> when nothing was read of the name.</returns>
    public DayLine Of(string eventName, long fires)
    {
        if (!_byName.TryGetValue(eventName, out var known))
        {
            return DayLine.None;
        }

        var today = DayLine.Visible(known.Today + Math.Max(0, fires - known.AllTime), known.Highest);
        if (_drawn.TryGetValue(eventName, out var drawn) && drawn.Days[^1] == today)
        {
            return drawn;
        }

        return _drawn[eventName] = DayLine.Of([.. known.Past, today]);
    }

    /// <param name="AllTime">All fires when it was read.</param>
    private sealed record Known(ImmutableArray<long> Past, long Today, long AllTime)
    {
        public Known(DaySeries series)
            : this([.. series.Days.SkipLast(1).Select(static d => d.Fires)], series.Days[^1].Fires, series.AllTimeFires)
        {
        }

        public long Highest { get; } = Past.IsEmpty ? 0 : Past.Max();
    }
}
