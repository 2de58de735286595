namespace Conclude.Dashboard.Moments;

/// <summary>By which column a list is in order, and which way; in an address as <c>sort</c> and <c>desc</c>.</summary>
/// <param name="By">A name of a column.</param>
public sealed record ListOrder(string By, bool Descending)
{
    /// <param name="usual">When the address names none.</param>
    public static ListOrder Read(AddressQuery address, ListOrder usual) =>
        address["sort"] is { Length: > 0 } by ? new(by, address["desc"] is "true") : usual;

    /// <summary>After a click on a column: the same one turns, another begins where it is most useful.</summary>
    /// <param name="upwards">Whether that is its smallest.</param>
    public ListOrder Click(string by, bool upwards) => by == By ? this with { Descending = !Descending } : new(by, !upwards);

    public void Write(AddressQuery address, ListOrder usual) => address.Write(
        ("sort", this == usual ? null : By), ("desc", this == usual || !Descending ? null : "true"));
}
