namespace Conclude.Ledger.Writing;

/// <summary>Compares what the rows add up to with what the totals say.</summary>
internal sealed class Recount
{
    private readonly Dictionary<(long Name, long Hour), (long[] Rows, long[] Stored)> _hours = [];
    private readonly Dictionary<long, (long[] Rows, long[] Stored)> _allTime = [];

    /// <summary>Rows found: <paramref name="count"/> for one counter of a name in an hour.</summary>
    public void AddRows(long name, long hour, int column, long count)
    {
        Hour(name, hour).Rows[column] += count;
        AllTime(name).Rows[column] += count;
    }

    public void AddHour(long name, long hour, int column, long stored) => Hour(name, hour).Stored[column] = stored;

    public void AddAllTime(long name, int column, long stored) => AllTime(name).Stored[column] = stored;

    /// <param name="labels">What to call a name.</param>
    public IEnumerable<string> Differences(IReadOnlyDictionary<long, string> labels)
    {
        foreach (var ((name, hour), (rows, stored)) in _hours.OrderBy(static h => h.Key))
        {
            foreach (var line in Lines(rows, stored))
            {
                yield return $"{labels[name]} at {UtcTime.Of(hour):yyyy-MM-ddTHH}Z: {line}";
            }
        }
        foreach (var (name, (rows, stored)) in _allTime.OrderBy(static n => n.Key))
        {
            foreach (var line in Lines(rows, stored))
            {
                yield return $"{labels[name]} of all time: {line}";
            }
        }
    }

    private static IEnumerable<string> Lines(long[] rows, long[] stored) =>
        from column in Enumerable.Range(0, CounterColumns.Count)
        where rows[column] != stored[column]
        select $"{CounterColumns.Name(column)} is {stored[column]}, the rows make {rows[column]}";

    private static (long[] Rows, long[] Stored) Empty() => (new long[CounterColumns.Count], new long[CounterColumns.Count]);

    private (long[] Rows, long[] Stored) Hour(long name, long hour) =>
        _hours.TryGetValue((name, hour), out var known) ? known : _hours[(name, hour)] = Empty();

    private (long[] Rows, long[] Stored) AllTime(long name) => _allTime.TryGetValue(name, out var known) ? known : _allTime[name] = Empty();
}
