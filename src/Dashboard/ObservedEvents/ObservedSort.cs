using Conclude.Dashboard.Moments;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>The columns of the list of names by which it can be put in order, as an address names them.</summary>
public static class ObservedSort
{
    public const string Name = "name";
    public const string Fires = "fires";
    public const string LastDay = "day";
    public const string Trend = "trend";
    public const string First = "first";
    public const string Last = "last";

    /// <param name="order">By anything else is by name.</param>
    /// <returns>Those alike by name.</returns>
    public static IEnumerable<ObservedLine> Sort(this IEnumerable<ObservedLine> lines, ListOrder order)
    {
        Func<ObservedLine, long>? value = order.By switch
        {
            Fires => static l => l.Row.Counters.Fires,
            LastDay => static l => l.Row.Last24Hours,
            Trend => static l => l.Days.Total,
            First => static l => l.Row.FirstSeen.ToUnixTimeMilliseconds(),
            Last => static l => l.Row.LastSeen.ToUnixTimeMilliseconds(),
            _ => null,
        };
        return (value, order.Descending) switch
        {
            (null, true) => lines.OrderByDescending(static l => l.Row.Name, StringComparer.Ordinal),
            (null, false) => lines.OrderBy(static l => l.Row.Name, StringComparer.Ordinal),
            (_, true) => lines.OrderByDescending(value).ThenBy(static l => l.Row.Name, StringComparer.Ordinal),
            _ => lines.OrderBy(value).ThenBy(static l => l.Row.Name, StringComparer.Ordinal),
        };
    }
}
