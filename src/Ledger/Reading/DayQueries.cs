using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>All names of a workspace by day: the sums are the store's, however the days lie.</summary>
internal static class DayQueries
{
    public static ImmutableArray<DaySeries> Read(IQueries queries, string workspace, ImmutableArray<DateTimeOffset> days)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return [];
        }

        var count = days.Length - 1;
        Dictionary<long, DayTotals[]> byName = [];
        using (var rows = queries.Open("days").Add(id).Add(Spans(days)))
        {
            while (rows.Next())
            {
                ref var totals = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, rows.Long(1), out _);
                (totals ??= new DayTotals[count])[rows.Long(0)] = new DayTotals(rows.Long(2), rows.Long(3), rows.Long(4), rows.Long(5));
            }
        }

        var none = ImmutableArray.Create(new DayTotals[count]);
        var series = ImmutableArray.CreateBuilder<DaySeries>();
        using var names = queries.Open("fires_of_names").Add(id);
        while (names.Next())
        {
            series.Add(new DaySeries(
                names.Text(1), names.Long(2), byName.TryGetValue(names.Long(0), out var counted) ? ImmutableCollectionsMarshal.AsImmutableArray(counted) : none));
        }

        return series.DrainToImmutable();
    }

    private static string Spans(ImmutableArray<DateTimeOffset> days) =>
        JsonSerializer.Serialize(days.Zip(days.Skip(1), static (from, to) => new[] { UtcTime.Ms(from), UtcTime.Ms(to) }));
}
