using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>Short forms for statements that are run once.</summary>
internal static class QueryRows
{
    /// <returns>How many rows the statement touched.</returns>
    public static int Run(this IQueries queries, string name, params ReadOnlySpan<object> parameters)
    {
        using var query = Bound(queries, name, parameters);
        return query.Run();
    }

    public static List<T> Rows<T>(this IQueries queries, string name, Func<Query, T> read, params ReadOnlySpan<object> parameters)
    {
        List<T> rows = [];
        using var query = Bound(queries, name, parameters);
        while (query.Next())
        {
            rows.Add(read(query));
        }
        return rows;
    }

    private static Query Bound(IQueries queries, string name, ReadOnlySpan<object> parameters)
    {
        var query = queries.Open(name);
        foreach (var parameter in parameters)
        {
            query = parameter switch
            {
                long number => query.Add(number),
                int number => query.Add(number),
                string text => query.Add(text),
                Guid id => query.Add(id),
                _ => throw new ArgumentException("No such parameter.", nameof(parameters)),
            };
        }
        return query;
    }
}
