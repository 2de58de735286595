namespace Conclude.Bench.Runner;

/// <summary>All that a comparison has found.</summary>
/// <param name="BytesPerEvent">By contender: on disk, indexes and counters included.</param>
/// <param name="Flush">Of the disk, milliseconds.</param>
internal sealed record Outcome(
    IReadOnlyList<Load> Loads, IReadOnlyList<Contender> Contenders, IReadOnlyList<Sample> Samples, IReadOnlyDictionary<string, double> BytesPerEvent,
    (double Median, double P99) Flush, SessionMemory? Memory, string PostgresVersion, BenchOptions Options)
{
    public double Median(Load load, Contender contender, Func<Sample, double> of) => Figures.Median(Of(load, contender).Select(of));

    /// <summary>Median over the rounds of one contender's figure divided by another's in the same round; NaN when one was not measured.</summary>
    public double Ratio(Load load, Contender contender, Contender other, Func<Sample, double> of)
    {
        var others = Of(load, other).ToDictionary(static s => s.Round);
        return Figures.Median(Of(load, contender).Where(s => others.ContainsKey(s.Round)).Select(s => of(s) / of(others[s.Round])));
    }

    public bool Has(Load load, Contender contender) => Of(load, contender).Any();

    /// <summary>Against the group commit with the product's tables on the same store; NaN when there is none.</summary>
    public double OfYardstick(Load load, Contender contender, Func<Sample, double> of) =>
        Contenders.FirstOrDefault(c => c.Store == contender.Store && c.Key.StartsWith("groupcommit", StringComparison.Ordinal)) is { } other
            ? Ratio(load, contender, other, of)
            : double.NaN;

    private IEnumerable<Sample> Of(Load load, Contender contender) => Samples.Where(s => s.Load == load.Key && s.Contender == contender.Key);
}
