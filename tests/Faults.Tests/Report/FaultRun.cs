using System.Diagnostics;
using Conclude.Faults.Tests.Hosting;
using Conclude.Testing.Load;

namespace Conclude.Faults.Tests.Report;

/// <summary>One test's faults under load: takes the times, has the judge look at the end, writes the figures.</summary>
internal sealed class FaultRun(string fault, IHostUnderTest stage, WidgetLoad load)
{
    /// <summary>What the product promises, from the return of the store or the process.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly List<TimeSpan> _outages = [];
    private readonly List<(TimeSpan First, TimeSpan All)> _recoveries = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly long _acknowledgedBefore = load.Journal.Acknowledged;
    private double _rate;

    public string Note { get; set; } = "";

    /// <summary>Waits until every page is at work, and takes the rate.</summary>
    public async Task Warm()
    {
        await load.Recovered(Stopwatch.GetTimestamp());
        _rate = await load.Rate(Form.Of(TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(3)));
    }

    /// <summary>One round of the fault.</summary>
    /// <param name="connectionsFail">The process itself goes, so connections may fail from the break until its return.</param>
    public async Task Round(Func<Task> breaks, TimeSpan lasts, Func<Task> mends, bool connectionsFail = false)
    {
        var broken = Stopwatch.GetTimestamp();
        await breaks();
        await Task.Delay(lasts);
        await mends();
        var returned = Stopwatch.GetTimestamp();
        if (connectionsFail)
        {
            load.Journal.ConnectionsMayFail(broken, returned);
        }

        _outages.Add(Stopwatch.GetElapsedTime(broken, returned));
        try
        {
            _recoveries.Add(await load.Recovered(returned));
        }
        catch (TimeoutException never)
        {
            var last = load.Journal.Answers.Where(a => !a.IsSuccess && a.Ended > returned).TakeLast(20).Select(static a => $"{a.What} {a.Status} after {a.Took.TotalMilliseconds:0} ms {a.Detail}");
            throw new InvalidOperationException($"{never.Message}\n{string.Join('\n', last)}\n{stage.LastPrinted}", never);
        }
    }

    /// <summary>Ends the load, judges, reports, and only then says what was wrong.</summary>
    public async Task Judge()
    {
        await load.Drain();
        var answers = load.Journal.Answers.Where(a => a.Started >= _started).ToList();
        var acknowledged = load.Journal.Acknowledged - _acknowledgedBefore;
        var complaints = await stage.Judge(load.Journal);
        var (first, all) = (_recoveries.Select(static r => r.First).DefaultIfEmpty().Max(), _recoveries.Select(static r => r.All).DefaultIfEmpty().Max());
        FaultTable.Add(new FaultRow
        {
            Fault = fault,
            Store = stage.Store.Kind,
            Rounds = Math.Max(1, _outages.Count),
            Rate = _rate,
            Acknowledged = acknowledged,
            LongestOutage = _outages.DefaultIfEmpty().Max(),
            FirstSuccess = first,
            AllSucceed = all,
            MaxLatency = answers.Max(static a => a.Took),
            Statuses = Statuses(answers),
            Note = Note,
        });
        Assert.True(complaints.Count == 0, $"{complaints.Count} complaints:\n{string.Join('\n', complaints.Take(20))}\n{stage.LastPrinted}");
        Assert.True(acknowledged > 100, "There was no load to speak of.");
        Assert.True(all <= Promised, $"Every page had a success only {all} after the return.\n{stage.LastPrinted}");
    }

    public static string Statuses(IEnumerable<Answered> answers) => string.Join(", ", answers
        .GroupBy(static a => a.Status == 503 ? "503 " + (a.Detail.Contains("\"busy\"", StringComparison.Ordinal) ? "busy" : "store_unavailable") : a.Status == 0 ? "no answer" : $"{a.Status}")
        .OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => $"{g.Count()} × {g.Key}"));
}
