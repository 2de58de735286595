using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Recounts the rows against everything that is kept as a sum.</summary>
internal static class Verification
{
    public static ImmutableArray<string> Differences(IQueries queries)
    {
        Dictionary<long, string> labels = [];
        Each(queries, "labels", row => labels[row.Long(0)] = row.Text(1));
        List<string> lines = [.. Totals(queries).Differences(labels)];
        Each(queries, "count_usage", row => lines.Add($"{row.Text(0)} usage of {row.Long(1)} is {row.Long(3)}, the rows make {row.Long(2)}"));
        Each(queries, "count_caps", row => lines.Add($"{row.Text(0)} answers are {row.Long(2)}, the rows make {row.Long(1)}"));
        Each(queries, "seen_between", row => lines.Add($"{row.Text(0)} was fired before its first or after its last time"));
        Each(queries, "lost_prompts", row => lines.Add($"{row.Text(0)} event {row.Text(1)} and its prompt do not agree"));
        return [.. lines];
    }

    private static Recount Totals(IQueries queries)
    {
        Recount recount = new();
        Each(queries, "count_fires", row => recount.AddRows(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3)));
        Each(queries, "count_steps", row => recount.AddRows(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3)));
        Each(queries, "totals_by_hour", row => EachColumn(row, (column, stored) => recount.AddHour(row.Long(0), row.Long(1), column, stored)));
        Each(queries, "totals_of_all_time", row => EachColumn(row, (column, stored) => recount.AddAllTime(row.Long(0), column, stored)));
        return recount;
    }

    private static void Each(IQueries queries, string query, Action<Query> read)
    {
        using var rows = queries.Open(query);
        while (rows.Next())
        {
            read(rows);
        }
    }

    private static void EachColumn(Query row, Action<int, long> read)
    {
        for (var column = 0; column < CounterColumns.Count; column++)
        {
            read(column, row.Long(2 + column));
        }
    }
}
