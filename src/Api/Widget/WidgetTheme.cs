using Conclude.Grains.Tenants;

namespace Conclude.Api.Widget;

/// <summary>How the prompt looks.</summary>
/// <param name="Accent">Colour, <c>#rrggbb</c>.</param>
/// <param name="OnAccent">Colour of text on the accent: black or white, at least 4.5:1.</param>
/// <param name="Mode"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="Placement"><c>bottom-right</c>, <c>bottom-left</c>, <c>top-right</c> or <c>top-left</c>.</param>
internal sealed record WidgetTheme(string Accent, string OnAccent, string Mode, string Placement)
{
    public static WidgetTheme Of(Theme theme) => new(theme.Accent, Contrast.TextOn(theme.Accent), theme.Mode, theme.Placement);
}
