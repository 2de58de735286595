using Conclude.Grains.Tenants;

namespace Conclude.Api.Settings;

/// <summary>How the prompt looks, as it is set.</summary>
/// <param name="Accent">Colour, <c>#rrggbb</c>.</param>
/// <param name="Mode"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="Placement"><c>bottom-right</c>, <c>bottom-left</c>, <c>top-right</c> or <c>top-left</c>.</param>
internal sealed record ThemeJson(string? Accent = null, string? Mode = null, string? Placement = null)
{
    public static ThemeJson Of(Theme theme) => new(theme.Accent, theme.Mode, theme.Placement);
}
