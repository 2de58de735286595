namespace Conclude.Faults.Tests.Report;

/// <summary>A line of the table.</summary>
internal sealed record FaultRow
{
    public required string Fault { get; init; }

    public required string Store { get; init; }

    public int Rounds { get; init; } = 1;

    /// <summary>Acknowledgements a second before the fault.</summary>
    public double Rate { get; init; }

    /// <summary>Events, reactions, comments, … acknowledged over the whole test.</summary>
    public long Acknowledged { get; init; }

    public TimeSpan LongestOutage { get; init; }

    /// <summary>The slowest round's first 2xx after the return.</summary>
    public TimeSpan FirstSuccess { get; init; }

    /// <summary>The slowest round's time until every page had a 2xx after the return.</summary>
    public TimeSpan AllSucceed { get; init; }

    public TimeSpan MaxLatency { get; init; }

    public required string Statuses { get; init; }

    public string Note { get; init; } = "";
}
