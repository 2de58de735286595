using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>The columns of the list by which it can be put in order, as an address names them.</summary>
public static class MomentSort
{
    public const string Name = "name";
    public const string Asking = "asking";
    public const string Fires = "fires";
    public const string Prompts = "prompts";
    public const string Rate = "rate";
    public const string Positive = "positive";
    public const string Neutral = "neutral";
    public const string Frustrated = "frustrated";
    public const string Trend = "trend";
    public const string LastFire = "last";

    /// <param name="by">Anything else is the name.</param>
    /// <returns>Those alike by name; those without a value last, whichever way.</returns>
    public static IEnumerable<MomentLine> Sort(this IEnumerable<MomentLine> lines, string by, bool descending)
    {
        if (By(by) is not { } value)
        {
            return descending ? lines.OrderByDescending(static l => l.Moment.Event, StringComparer.Ordinal) : lines.OrderBy(static l => l.Moment.Event, StringComparer.Ordinal);
        }

        var known = lines.OrderBy(l => value(l) is null);
        return (descending ? known.ThenByDescending(value) : known.ThenBy(value)).ThenBy(static l => l.Moment.Event, StringComparer.Ordinal);
    }

    /// <param name="find">A part of the name or of the question, in any case.</param>
    public static bool Matches(this MomentDefinition moment, string find) =>
        moment.Event.Contains(find, StringComparison.OrdinalIgnoreCase) || moment.Question.Contains(find, StringComparison.OrdinalIgnoreCase);

    private static Func<MomentLine, double?>? By(string by) => by switch
    {
        Asking => static l => l.Moment.Enabled ? 1 : 0,
        Fires => static l => l.Counters.Fires,
        Prompts => static l => l.Counters.Prompted,
        Rate => static l => l.ResponseRate,
        Positive => static l => l.Counters.Positive,
        Neutral => static l => l.Counters.Neutral,
        Frustrated => static l => l.Counters.Frustrated,
        Trend => static l => l.Days.Days.IsEmpty ? null : l.Days.Total,
        LastFire => static l => l.LastFire?.ToUnixTimeMilliseconds(),
        _ => null,
    };
}
