using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Reads of names, totals, usage and caps: never of single events.</summary>
internal static class TotalsQueries
{
    private const int HoursOfDay = 24;

    public static ImmutableArray<ObservedEvent> Names(Session session, string workspace, string? only, DateTimeOffset now)
    {
        if (Scope(session, workspace, only) is not { } scope)
        {
            return [];
        }
        var hour = UtcTime.HourOf(UtcTime.Ms(now));
        using var rows = session[only is null ? "names" : "one_name"].Open().Add(scope).Add(hour - (HoursOfDay - 1) * UtcTime.HourMs).Add(hour);
        var names = ImmutableArray.CreateBuilder<ObservedEvent>();
        while (rows.Next())
        {
            names.Add(new ObservedEvent(rows.Text(0), rows.Time(1), rows.Time(2), rows.Counters(3), rows.Long(3 + CounterColumns.Count)));
        }
        return names.DrainToImmutable();
    }

    public static ImmutableArray<HourTotals> Hours(Session session, string workspace, string? only, DateTimeOffset from, DateTimeOffset to)
    {
        if (Scope(session, workspace, only) is not { } scope)
        {
            return [];
        }
        using var rows = session[only is null ? "hours" : "hours_of_name"].Open().Add(scope).Add(from).Add(to);
        var hours = ImmutableArray.CreateBuilder<HourTotals>();
        while (rows.Next())
        {
            hours.Add(new HourTotals(rows.Text(0), rows.Time(1), rows.Counters(2)));
        }
        return hours.DrainToImmutable();
    }

    public static long CapUse(Session session, string workspace, string eventName, DateTimeOffset now) =>
        Scope(session, workspace, eventName) is { } name ? Number(session["cap_use"].Open().Add(name).Add(now)) : 0;

    public static long Usage(Session session, string workspace, DateTimeOffset now) =>
        Scope(session, workspace, only: null) is { } id ? Number(session["usage"].Open().Add(id).Add(UtcTime.MonthOf(now))) : 0;

    public static long Epoch(Session session) => Number(session["epoch"].Open());

    /// <returns>The number of the name, or of the workspace when no name is given; null when there is none.</returns>
    public static long? Scope(Session session, string workspace, string? only)
    {
        if (UserQueries.Workspace(session, workspace) is not { } id || only is null)
        {
            return UserQueries.Workspace(session, workspace);
        }
        using var found = session["name"].Open().Add(id).Add(only);
        return found.Next() ? found.Long(0) : null;
    }

    private static long Number(Statement query)
    {
        using (query)
        {
            return query.Next() ? query.Long(0) : 0;
        }
    }
}
