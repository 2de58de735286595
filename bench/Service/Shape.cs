namespace Conclude.Bench.Service;

/// <summary>Which tables a store keeps.</summary>
public enum Shape
{
    /// <summary>Events by their id, and one counter for each name and hour.</summary>
    Bare,

    /// <summary>
    /// What the product keeps of an observed event: all columns of its <c>events</c> with the index by receipt, the hour's row of
    /// nineteen counters, the name's row of all time, and the month's use.
    /// </summary>
    Product,
}
