using System.Globalization;
using System.Text;

namespace Conclude.Bench.Runner;

/// <summary>Every figure of every contender under every load.</summary>
internal static class Details
{
    public static string Of(Outcome outcome)
    {
        StringBuilder text = new();
        foreach (var load in outcome.Loads)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {load.Name}\n\n");
            text.Append("| server | requests/s | of floor | of group commit | p50 ms | p99 ms | CPU µs a request, server + store | log bytes an event | wrk busy |\n");
            text.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
            foreach (var contender in outcome.Contenders.Where(c => outcome.Has(load, c)))
            {
                double Of(Func<Sample, double> figure) => outcome.Median(load, contender, figure);
                var onPostgres = contender.Store == Store.Postgres;
                text.Append(CultureInfo.InvariantCulture, $"| {contender.Name} | {Of(static s => s.PerSecond):N0} ")
                    .Append(CultureInfo.InvariantCulture, $"| {outcome.Ratio(load, contender, Contender.Floor, static s => s.PerSecond):F2} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Text.Ratio(outcome.OfYardstick(load, contender, static s => s.PerSecond))} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Of(static s => s.P50):F1} | {Of(static s => s.P99):F1} | {Of(static s => s.ServerCpu):F0} ")
                    .Append(CultureInfo.InvariantCulture, $"{(onPostgres ? $"+ {Text.Number(Of(static s => s.StoreCpu), "F0")} " : "")}")
                    .Append(CultureInfo.InvariantCulture, $"| {(onPostgres ? Text.Number(Of(static s => s.WalBytes), "F0") : "")} ")
                    .Append(CultureInfo.InvariantCulture, $"| {100 * Of(static s => s.WrkBusy):F0} % |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
