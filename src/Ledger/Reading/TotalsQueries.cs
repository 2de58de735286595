using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of names, totals, usage and caps: never of single events.</summary>
internal static class TotalsQueries
{
    private const int HoursOfDay = 24;

    public static ImmutableArray<ObservedEvent> Names(IQueries queries, string workspace, string? only, DateTimeOffset now)
    {
        if (Scope(queries, workspace, only) is not { } scope)
        {
            return [];
        }
        var hour = UtcTime.HourOf(UtcTime.Ms(now));
        using var rows = queries.Open(only is null ? "names" : "one_name").Add(scope).Add(hour - (HoursOfDay - 1) * UtcTime.HourMs).Add(hour);
        var names = ImmutableArray.CreateBuilder<ObservedEvent>();
        while (rows.Next())
        {
            names.Add(new ObservedEvent(rows.Text(0), rows.Time(1), rows.Time(2), rows.Counters(3), rows.Long(3 + CounterColumns.Count)));
        }
        return names.DrainToImmutable();
    }

    public static ImmutableArray<HourTotals> Hours(IQueries queries, string workspace, string? only, DateTimeOffset from, DateTimeOffset to)
    {
        if (Scope(queries, workspace, only) is not { } scope)
        {
            return [];
        }
        using var rows = queries.Open(only is null ? "hours" : "hours_of_name").Add(scope).Add(from).Add(to);
        var hours = ImmutableArray.CreateBuilder<HourTotals>();
        while (rows.Next())
        {
            hours.Add(new HourTotals(rows.Text(0), rows.Time(1), rows.Counters(2)));
        }
        return hours.DrainToImmutable();
    }

    public static long CapUse(IQueries queries, string workspace, string eventName, DateTimeOffset now) =>
        Scope(queries, workspace, eventName) is { } name ? Number(queries.Open("cap_use").Add(name).Add(now)) : 0;

    public static long Usage(IQueries queries, string workspace, DateTimeOffset now) =>
        Scope(queries, workspace, only: null) is { } id ? Number(queries.Open("usage").Add(id).Add(UtcTime.MonthOf(now))) : 0;

    public static long Epoch(IQueries queries) => Number(queries.Open("epoch"));

    /// <returns>The number of the name, or of the workspace when no name is given; null when there is none.</returns>
    public static long? Scope(IQueries queries, string workspace, string? only)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id || only is null)
        {
            return UserQueries.Workspace(queries, workspace);
        }
        using var found = queries.Open("name").Add(id).Add(only);
        return found.Next() ? found.Long(0) : null;
    }

    private static long Number(Query query)
    {
        using (query)
        {
            return query.Next() ? query.Long(0) : 0;
        }
    }
}
