namespace Conclude.Bench.Runner;

/// <summary>A bound that the product is held to.</summary>
/// <param name="IsFloor">The figure must reach the bound, else it must stay within it.</param>
/// <param name="Figures">By store; NaN where it was not measured.</param>
internal sealed record Goal(string Name, double Bound, bool IsFloor, IReadOnlyDictionary<Store, double> Figures)
{
    private const string Many = "observed-256x1";
    private const string Twenty = "observed-256x20";
    private const string Warm = "moment-256";

    public bool IsMet(Store store) => IsFloor ? Figures[store] >= Bound : Figures[store] <= Bound;

    public static IEnumerable<Goal> All(Outcome outcome)
    {
        static double Speed(Sample s) => s.PerSecond;
        static double Cpu(Sample s) => s.ServerCpu + s.StoreCpu;
        yield return Of("observed event, of the floor, on PostgreSQL", 0.40, isFloor: true, Many, (l, p) => p.Store == Store.Postgres ? OfFloor(l, p) : double.NaN);
        yield return Of("observed event, of the floor, on SQLite", 0.25, isFloor: true, Many, (l, p) => p.Store == Store.Sqlite ? OfFloor(l, p) : double.NaN);
        yield return Of("observed event, of the group commit with the same tables", 0.85, isFloor: true, Many, (l, p) => outcome.OfYardstick(l, p, Speed));
        yield return Of("20 events a request, of the floor", 0.12, isFloor: true, Twenty, OfFloor);
        yield return Of("event of a moment, warm session, of the floor", 0.25, isFloor: true, Warm, OfFloor);
        yield return Of("event of a moment, of the hand-written service", 5, isFloor: true, Warm, OfHandwritten);
        yield return Of("observed event over 100 names, of the hand-written service", 2.5, isFloor: true, Many, OfHandwritten);
        yield return Of("p99 of an observed event, of the group commit's", 2, isFloor: false, Many, (l, p) => outcome.OfYardstick(l, p, static s => s.P99));
        yield return Of("CPU of an observed event, of the group commit's", 1.5, isFloor: false, Many, (l, p) => outcome.OfYardstick(l, p, Cpu));

        double OfFloor(Load load, Contender product) => outcome.Ratio(load, product, Contender.Floor, Speed);

        double OfHandwritten(Load load, Contender product) =>
            outcome.Contenders.FirstOrDefault(c => c.Store == product.Store && c.Project == "Handwritten") is { } other
                ? outcome.Ratio(load, product, other, Speed)
                : double.NaN;

        Goal Of(string name, double bound, bool isFloor, string load, Func<Load, Contender, double> figure)
        {
            var measured = outcome.Loads.FirstOrDefault(l => l.Key == load);
            return new(name, bound, isFloor, new[] { Store.Postgres, Store.Sqlite }.ToDictionary(
                static s => s,
                store => measured is not null && outcome.Contenders.FirstOrDefault(c => c.IsProduct && c.Store == store) is { } product
                    ? figure(measured, product)
                    : double.NaN));
        }
    }
}
