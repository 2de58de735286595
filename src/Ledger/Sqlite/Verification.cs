using System.Collections.Immutable;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Recounts the rows against everything that is kept as a sum.</summary>
internal static class Verification
{
    public static ImmutableArray<string> Differences(Session session)
    {
        Dictionary<long, string> labels = [];
        Each(session, "labels", row => labels[row.Long(0)] = row.Text(1));
        List<string> lines = [.. Totals(session).Differences(labels)];
        Each(session, "count_usage", row => lines.Add($"{row.Text(0)} usage of {row.Long(1)} is {row.Long(3)}, the rows make {row.Long(2)}"));
        Each(session, "count_caps", row => lines.Add($"{row.Text(0)} answers are {row.Long(2)}, the rows make {row.Long(1)}"));
        Each(session, "seen_between", row => lines.Add($"{row.Text(0)} was fired before its first or after its last time"));
        Each(session, "lost_prompts", row => lines.Add($"{row.Text(0)} event {row.Text(1)} and its prompt do not agree"));
        return [.. lines];
    }

    private static Recount Totals(Session session)
    {
        Recount recount = new();
        Each(session, "count_fires", row => recount.AddRows(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3)));
        Each(session, "count_steps", row => recount.AddRows(row.Long(0), row.Long(1), (int)row.Long(2), row.Long(3)));
        Each(session, "totals_by_hour", row => EachColumn(row, (column, stored) => recount.AddHour(row.Long(0), row.Long(1), column, stored)));
        Each(session, "totals_of_all_time", row => EachColumn(row, (column, stored) => recount.AddAllTime(row.Long(0), column, stored)));
        return recount;
    }

    private static void Each(Session session, string query, Action<Statement> read)
    {
        using var rows = session[query].Open();
        while (rows.Next())
        {
            read(rows);
        }
    }

    private static void EachColumn(Statement row, Action<int, long> read)
    {
        for (var column = 0; column < CounterColumns.Count; column++)
        {
            read(column, row.Long(2 + column));
        }
    }
}
