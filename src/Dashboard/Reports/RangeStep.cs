using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>One column of a chart, one line of its table.</summary>
/// <param name="From">A whole hour.</param>
/// <param name="To">The first instant no longer in it.</param>
/// <param name="Tick">Short, for the axis.</param>
/// <param name="Words">Complete, for a table and a tooltip.</param>
public sealed record RangeStep(DateTimeOffset From, DateTimeOffset To, string Tick, string Words, Counters Counters)
{
    public Share Positive => new(Counters.Positive, Counters.Reactions);

    public Share Frustrated => new(Counters.Frustrated, Counters.Reactions);
}
