using System.Globalization;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves that text on the accent can be read, whatever the accent is.</summary>
public sealed class ContrastTests
{
    [Fact]
    public void Text_on_any_accent_contrasts_at_least_4_5_to_1_and_never_less_than_the_other_choice()
    {
        // Every 9th of 256 steps of each channel: 24,389 colours, and all greys.
        var steps = Enumerable.Range(0, 29).Select(static i => Math.Min(255, i * 9)).Append(255).ToArray();
        var colours = (from r in steps from g in steps from b in steps select (r << 16) | (g << 8) | b)
            .Concat(Enumerable.Range(0, 256).Select(static g => g * 0x010101));
        foreach (var colour in colours)
        {
            var accent = "#" + colour.ToString("x6", CultureInfo.InvariantCulture);
            var ratio = Contrast.Ratio(accent, Contrast.TextOn(accent));
            Assert.True(ratio >= 4.5, $"{accent}: {ratio}");
            Assert.True(ratio >= Math.Max(Contrast.Ratio(accent, "#000000"), Contrast.Ratio(accent, "#ffffff")) - 1e-9, accent);
        }
    }

    /// <summary>Figures of the definition in WCAG 2.2.</summary>
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#4f46e5", "#ffffff", 6.29)]
    public void The_ratio_is_that_of_the_standard(string one, string other, double ratio) => Assert.Equal(ratio, Contrast.Ratio(one, other), 2);
}
