using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Upkeep;

/// <summary>Some hours of one workspace: what the rows add up to, and what is stored.</summary>
/// <param name="horizon">Events before it are gone: of the hours before, verdicts are taken as stored. Prompts are never deleted.</param>
internal sealed class HourRecount(long horizon)
{
    private readonly Dictionary<(long Hour, long Name), (long[] Rows, long[] Stored)> _hours = [];

    public void AddRows(long name, long hour, int column, long count) => Of(name, hour).Rows[column] += count;

    public void AddStored(long name, long hour, ReadOnlySpan<long> counters) => counters.CopyTo(Of(name, hour).Stored);

    /// <summary>Oldest first.</summary>
    /// <returns>The counters that ought to be stored, and those that are.</returns>
    public IEnumerable<(long Name, long Hour, long[] Right, long[] Stored)> Hours()
    {
        foreach (var ((hour, name), (rows, stored)) in _hours.OrderBy(static h => h.Key))
        {
            if (hour < horizon)
            {
                stored.AsSpan(0, Verdicts.Count).CopyTo(rows);
            }
            yield return (name, hour, rows, stored);
        }
    }

    public static string[] Differences(string what, long[] right, long[] stored) =>
    [
        .. from column in Enumerable.Range(0, CounterColumns.Count)
           where right[column] != stored[column]
           select $"{what}: {CounterColumns.Name(column)} is {stored[column]}, the rows make {right[column]}",
    ];

    private (long[] Rows, long[] Stored) Of(long name, long hour) =>
        _hours.TryGetValue((hour, name), out var known)
            ? known
            : _hours[(hour, name)] = (new long[CounterColumns.Count], new long[CounterColumns.Count]);
}
