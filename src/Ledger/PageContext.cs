namespace Conclude.Ledger;

/// <summary>Where a fire came from.</summary>
/// <param name="Device"><c>desktop</c> or <c>mobile</c>, as the widget says.</param>
[GenerateSerializer, Immutable, Alias("Conclude.PageContext")]
public sealed record PageContext(
    [property: Id(0)] string? Url,
    [property: Id(1)] string? Locale,
    [property: Id(2)] string? Device)
{
    public static PageContext Unknown { get; } = new(null, null, null);
}
