using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>All that a row of the list of names shows; equal ones look alike.</summary>
/// <param name="Days">Fires by day; <see cref="DayLine.None"/> before they are read.</param>
/// <param name="First">When it was first seen, in words.</param>
/// <param name="Last">When it was last seen, in words.</param>
public sealed record ObservedLine(EventRow Row, bool IsMoment, DayLine Days, string First, string Last, NameMistake? Mistake)
{
    public bool Equals(ObservedLine? other) =>
        other is not null && (Row.Name, Row.FirstSeen, Row.LastSeen, Row.Counters.Fires, Row.Last24Hours, IsMoment, First, Last, Mistake)
            == (other.Row.Name, other.Row.FirstSeen, other.Row.LastSeen, other.Row.Counters.Fires, other.Row.Last24Hours, other.IsMoment, other.First, other.Last, other.Mistake)
        && Days.Equals(other.Days);

    public override int GetHashCode() => HashCode.Combine(Row.Name, Row.Counters.Fires, Last);
}
