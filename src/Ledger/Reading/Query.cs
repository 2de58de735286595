using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>One use of a statement: add the parameters in order, then go through the rows. Columns count from 0.</summary>
internal abstract class Query : IDisposable
{
    public abstract Query Add(long value);

    public abstract Query Add(string? value);

    public abstract Query Add(Guid value);

    public Query Add(IEnumerable<long> values) => values.Aggregate(this, static (query, value) => query.Add(value));

    public virtual Query Add(DateTimeOffset value) => Add(UtcTime.Ms(value));

    /// <summary>Executes a statement whose rows, if any, do not matter.</summary>
    /// <returns>How many rows were inserted, changed or deleted.</returns>
    public abstract int Run();

    /// <summary>Moves to the next row, if there is one.</summary>
    public abstract bool Next();

    public abstract bool IsNull(int column);

    /// <summary>Null reads as 0.</summary>
    public abstract long Long(int column);

    public abstract bool Bool(int column);

    public abstract Guid Guid(int column);

    public abstract string Text(int column);

    public abstract void Dispose();

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Time(int column) => UtcTime.Of(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>Integers from the column on; null reads as 0.</summary>
    public long[] Longs(int column, int count)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Long(column + i);
        }
        return values;
    }

    /// <summary>The counters that start at the column.</summary>
    public Counters Counters(int column) => CounterColumns.Read(Longs(column, CounterColumns.Count));
}
