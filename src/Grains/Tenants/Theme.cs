namespace Conclude.Grains.Tenants;

/// <summary>How the prompt looks.</summary>
/// <param name="Accent">Colour, <c>#rrggbb</c>.</param>
/// <param name="Mode"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="Placement"><c>bottom-right</c>, <c>bottom-left</c>, <c>top-right</c> or <c>top-left</c>.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Theme")]
public sealed record Theme([property: Id(0)] string Accent, [property: Id(1)] string Mode, [property: Id(2)] string Placement)
{
    public static Theme Default { get; } = new("#4f46e5", "auto", "bottom-right");
}
