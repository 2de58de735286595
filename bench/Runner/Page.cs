using System.Globalization;
using System.Text;

namespace Conclude.Bench.Runner;

/// <summary>The page that the documentation shows.</summary>
internal static class Page
{
    public static string Of(Outcome outcome)
    {
        StringBuilder text = new();
        text.Append("# How fast\n\n");
        text.Append("Written by `bench/run --publish`; every figure is from that run, and all servers ran on the same machine and the same disk, with wrk beside them.\n");
        text.Append("Ratios are what to read: medians over the rounds of figures taken seconds apart.\n\n");
        text.Append("![Requests per second, as a share of a server that parses and answers but keeps nothing](images/bench.svg)\n\n");
        Matrix(text, outcome);
        Goals(text, outcome);
        Facts(text, outcome);
        return text.ToString();
    }

    private static void Matrix(StringBuilder text, Outcome outcome)
    {
        text.Append("Requests per second, as a share of the floor's:\n\n| load | floor, requests/s |");
        Contender[] shown = [.. outcome.Contenders.Where(static c => c.Store != Store.None)];
        foreach (var contender in shown)
        {
            text.Append(CultureInfo.InvariantCulture, $" {contender.Name} |");
        }

        text.Append("\n|---|--:|").Append(string.Concat(shown.Select(static _ => "--:|"))).Append('\n');
        foreach (var load in outcome.Loads)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {load.Name} | {outcome.Median(load, Contender.Floor, static s => s.PerSecond):N0} |");
            foreach (var contender in shown)
            {
                var ratio = Text.Ratio(outcome.Ratio(load, contender, Contender.Floor, static s => s.PerSecond));
                text.Append(CultureInfo.InvariantCulture, $" {(contender.IsProduct && ratio.Length > 0 ? $"**{ratio}**" : ratio)} |");
            }

            text.Append('\n');
        }

        if (outcome.BytesPerEvent.Count > 0)
        {
            text.Append("| bytes an event on disk, indexes included | |");
            foreach (var contender in shown)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Text.Number(outcome.BytesPerEvent.GetValueOrDefault(contender.Key, double.NaN), "F0")} |");
            }

            text.Append('\n');
        }

        text.Append("\n- *Floor*: parses the request and answers; keeps nothing.\n");
        foreach (var contender in outcome.Contenders.Where(static c => !c.IsProduct && c.Store != Store.None).DistinctBy(static c => (c.Project, c.Shape)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- *{contender.Name.Split(", PostgreSQL")[0].Split(", SQLite")[0]}*: {Way(contender)} Keeps {contender.Keeps}.\n");
        }

        text.Append("- *Conclude*: the product as it ships, rate limits off, with every check, rule and counter.\n\n");
    }

    private static string Way(Contender contender) => contender.Project == "Handwritten"
        ? "one statement and one commit for each request."
        : "everything that waits goes into one transaction, then all are answered: what the store allows.";

    private static void Goals(StringBuilder text, Outcome outcome)
    {
        Goal[] goals = [.. Goal.All(outcome).Where(static g => g.Figures.Values.Any(static f => !double.IsNaN(f)))];
        if (goals.Length == 0)
        {
            return;
        }

        text.Append("| goal, 256 connections | bound | PostgreSQL | SQLite |\n|---|--:|--:|--:|\n");
        foreach (var goal in goals)
        {
            string Cell(Store store) => double.IsNaN(goal.Figures[store]) ? "" : $"{Text.Ratio(goal.Figures[store])} {(goal.IsMet(store) ? "met" : "missed")}";
            text.Append(CultureInfo.InvariantCulture,
                $"| {goal.Name} | {(goal.IsFloor ? "≥" : "≤")} {goal.Bound:0.##} | {Cell(Store.Postgres)} | {Cell(Store.Sqlite)} |\n");
        }

        text.Append('\n');
    }

    private static void Facts(StringBuilder text, Outcome outcome)
    {
        if (outcome.Memory is { } memory)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- Memory: {memory.Heap:N0} bytes of heap for each of {memory.Sessions:N0} sessions that were asked once and are idle (goal: 1,024); resident memory grew by {memory.Resident:N0} each.\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"- The disk: {outcome.Flush.Median:F2} ms to write and flush 4 KiB (median), p99 {outcome.Flush.P99:F2} ms. Every commit waits for it.\n");
        text.Append(CultureInfo.InvariantCulture,
            $"- The machine: {Environment.ProcessorCount} cores, shared by server, store and wrk (one thread, a closed loop: each connection sends when it has its answer). PostgreSQL {outcome.PostgresVersion} with the settings it comes with, .NET {Environment.Version}, server GC.\n");
        text.Append(CultureInfo.InvariantCulture,
            $"- {outcome.Options.Rounds} rounds of {outcome.Options.Seconds} s each, 10,000 users. After the run every store held exactly what it had acknowledged.\n");
        text.Append("- wrk was busy at most ");
        text.Append(CultureInfo.InvariantCulture, $"{100 * outcome.Samples.Max(static s => s.WrkBusy):F0} % of its thread; near 100 % the floor would be wrk's own.\n");
        text.Append(CultureInfo.InvariantCulture,
            $"- Other programs used {100 * Figures.Median(outcome.Samples.Select(static s => s.Others)):F0} % of the machine meanwhile (median; at most {100 * outcome.Samples.Max(static s => s.Others):F0} %): what is not near 0 is noise in the figures.\n");
    }
}
