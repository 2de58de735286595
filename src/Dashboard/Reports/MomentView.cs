using System.Collections.Immutable;

namespace Conclude.Dashboard.Reports;

/// <summary>How one moment is looked at, beside its range: all of it stands in the address, so that a view can be shared.</summary>
/// <param name="Split">By what answers are split.</param>
/// <param name="Tables">The charts that are shown as tables.</param>
public sealed record MomentView(SplitChoice Split, ImmutableSortedSet<string> Tables)
{
    public const string SplitKey = "split";
    public const string TableKey = "table";

    private const char Between = ',';

    /// <summary>Charts that have a table.</summary>
    public static ImmutableSortedSet<string> Charts { get; } = ["reactions", "funnel", "split"];

    public static MomentView Read(string? split, string? table) => new(
        SplitChoice.Read(split), Charts.Intersect(table?.Split(Between) ?? []));

    public bool IsTable(string chart) => Tables.Contains(chart);

    /// <summary>For the address: null when no chart is shown as a table.</summary>
    public string? With(string chart, bool table) =>
        (table ? Tables.Add(chart) : Tables.Remove(chart)) is { IsEmpty: false } tables ? string.Join(Between, tables) : null;
}
