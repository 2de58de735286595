using Conclude.Dashboard.Live;
using Conclude.Dashboard.Reports;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Moments;

/// <summary>All that a row of the list shows. Two that are equal look alike, so a row is drawn again only when its own figures moved.</summary>
/// <param name="Days">Fires by day; <see cref="DayLine.None"/> before they are read.</param>
/// <param name="Ago">How long the last fire is past, in words.</param>
/// <param name="NeverSeen">It was made a day ago or more, and never fired since.</param>
public sealed record MomentLine(
    MomentDefinition Moment, Counters Counters, DayLine Days, DateTimeOffset? LastFire, string? Ago, bool NeverSeen)
{
    private static readonly TimeSpan TimeToBuildItIn = TimeSpan.FromDays(1);

    public static MomentLine Of(MomentDefinition moment, EventRow? row, DayLines days, DateTimeOffset now, Func<DateTimeOffset, string> ago)
    {
        var counters = row?.Counters ?? Counters.Zero;
        return new(
            moment, counters, days.Of(moment.Event, counters.Fires), row?.LastSeen, row is null ? null : ago(row.LastSeen),
            NeverSeen: now - moment.CreatedAt is not { } age ? row is null : age >= TimeToBuildItIn && (row is null || row.LastSeen < moment.CreatedAt));
    }

    /// <summary>Answers of prompts seen, 0–1; null when none was seen.</summary>
    public double? ResponseRate => Counters.Seen == 0 ? null : ReactionCounts.ResponseRate(Counters).Value;

    public bool Equals(MomentLine? other) =>
        other is not null && (Moment.Event, Moment.Version, LastFire, Ago, NeverSeen) == (other.Moment.Event, other.Moment.Version, other.LastFire, other.Ago, other.NeverSeen)
        && Counters.Equals(other.Counters) && Days.Equals(other.Days);

    public override int GetHashCode() => HashCode.Combine(Moment.Event, Moment.Version, Counters, Ago);
}
