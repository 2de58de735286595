using System.Globalization;
using System.Reflection;
using System.Text;

namespace Conclude.Faults.Tests.Report;

/// <summary>The figures of a run, as one Markdown table under <c>artifacts/faults</c>.</summary>
internal static class FaultTable
{
    private static readonly Lock Gate = new();
    private static readonly List<FaultRow> Rows = [];
    private static readonly string Folder = typeof(FaultTable).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Figures").Value!;

    public static void Add(FaultRow row)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Head + Line(row));
        lock (Gate)
        {
            Rows.Add(row);
            var text = new StringBuilder(Head);
            foreach (var each in Rows)
            {
                text.Append(Line(each));
            }

            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, Form.IsFull ? "faults-full.md" : "faults.md"), text.ToString());
        }
    }

    private const string Head = """
        | fault | store | rounds | acknowledged/s before | acknowledged | longest outage, ms | first 2xx after return, ms | all pages after return, ms | max latency, ms | answers | note |
        |---|---|--:|--:|--:|--:|--:|--:|--:|---|---|

        """;

    private static string Line(FaultRow r) => string.Create(CultureInfo.InvariantCulture,
        $"| {r.Fault} | {r.Store} | {r.Rounds} | {r.Rate:0} | {r.Acknowledged} | {Ms(r.LongestOutage)} | {Ms(r.FirstSuccess)} | {Ms(r.AllSucceed)} | {Ms(r.MaxLatency)} | {r.Statuses} | {r.Note} |\n");

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
