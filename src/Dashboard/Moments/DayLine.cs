using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Moments;

/// <summary>Fires of the last days of one name as a line, drawn once for all pages that show it. Two that look the same are equal.</summary>
public sealed class DayLine : IEquatable<DayLine>
{
    /// <summary>Of the drawing, in its own units.</summary>
    public const int Width = 96;

    /// <inheritdoc cref="Width"/>
    public const int Height = 24;

    /// <summary>Steps of today's fires that the line tells apart, from nothing to the highest day: each is less than half a pixel.</summary>
    private const int Steps = 50;

    private DayLine(ImmutableArray<long> days)
    {
        Days = days;
        Total = days.Sum();
        Label = days.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"{Total - days[^1]:N0} fires in the {days.Length - 1} days before today");
        Path = days.Length < 2 ? "" : Draw(days);
        Drawing = new(days.Length < 2
            ? "<span class=\"no-line\"></span>"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"<svg class=\"sparkline\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Label}\"><title>{Label}</title><path class=\"under\" d=\"{Path}V{Height}H0Z\"/><path class=\"line\" d=\"{Path}\"/></svg>"));
    }

    /// <summary>Nothing was read of the name.</summary>
    public static DayLine None { get; } = new([]);

    /// <summary>The oldest first; the last is today, as exact as the line can show it (<see cref="Visible"/>).</summary>
    public ImmutableArray<long> Days { get; }

    public long Total { get; }

    /// <summary>What the line says, for those who do not see it: of days that are over, so that it holds as long as the line does.</summary>
    public string Label { get; }

    /// <summary>The line as the data of an SVG path; empty for fewer than two days.</summary>
    public string Path { get; }

    /// <summary>The line as it stands on a page; keeps its place before the days are known. It is made of numbers alone, so it may be markup: one text for all pages, where a list holds hundreds.</summary>
    public MarkupString Drawing { get; }

    public static DayLine Of(ImmutableArray<long> days) => days.IsEmpty ? None : new(days);

    /// <summary>Today's fires, rounded down to a step of 1, 2 or 5 and zeros that can just not be seen.</summary>
    public static long Visible(long today, long highestBefore)
    {
        var (step, most) = (1L, Math.Max(today, highestBefore) / Steps);
        while (step * 10 <= most)
        {
            step *= 10;
        }

        step *= (most / step) switch { >= 5 => 5, >= 2 => 2, _ => 1 };
        return today / step * step;
    }

    public bool Equals(DayLine? other) => ReferenceEquals(this, other) || (other is not null && Path == other.Path && Label == other.Label);

    public override bool Equals(object? obj) => Equals(obj as DayLine);

    public override int GetHashCode() => HashCode.Combine(Path, Label);

    private static string Draw(ImmutableArray<long> days)
    {
        // One unit of air above and below: the stroke is not cut.
        var (step, top) = ((double)Width / (days.Length - 1), Math.Max(1, days.Max()));
        return string.Concat(days.Select((value, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{i * step:0.#} {Height - 1 - ((Height - 2) * ((double)value / top)):0.#}")));
    }
}
