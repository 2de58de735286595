using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Conclude.Bench.Runner;

/// <summary>Tells an outcome: a table, a picture and the samples they are made of.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task Write(Outcome outcome)
    {
        var table = Table(outcome);
        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "bench.md"), table);
        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "samples.json"), JsonSerializer.Serialize(outcome.Samples, Format));
        Console.WriteLine();
        Console.WriteLine(table);
    }

    private static string Table(Outcome outcome)
    {
        StringBuilder text = new();
        foreach (var load in outcome.Loads)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"### {char.ToUpperInvariant(load.Name[0])}{load.Name[1..]}").AppendLine();
            text.AppendLine("| server | requests/s | of floor | of group commit | p50 ms | p99 ms | CPU µs a request, server + store | wrk busy |");
            text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
            foreach (var contender in outcome.Contenders.Where(c => outcome.Has(load, c)))
            {
                double Of(Func<Sample, double> figure) => outcome.Median(load, contender, figure);
                var yardstick = outcome.Yardstick(contender) is { } other && outcome.Has(load, other)
                    ? Number(outcome.Ratio(load, contender, other, static s => s.PerSecond), "F2")
                    : "";
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {contender.Name} | {Of(static s => s.PerSecond):N0} | {outcome.Ratio(load, contender, Contender.Floor, static s => s.PerSecond):F2} | {yardstick} | {Of(static s => s.P50):F1} | {Of(static s => s.P99):F1} | {Of(static s => s.ServerCpu):F0} + {Of(static s => s.StoreCpu):F0} | {Of(static s => s.WrkBusy):P0} |");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
