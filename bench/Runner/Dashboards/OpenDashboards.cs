using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Conclude.Bench.Runner.Dashboards;

/// <summary>What many open pages cost while events come in, how soon those are on them, and whether it stays within bounds.</summary>
internal sealed partial class OpenDashboards(BenchOptions options)
{
    private const int EventsPerSecond = 1_000;
    private const int ObservedNames = 40;
    private const int OpenAtOnce = 4;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private readonly CookieContainer _cookies = new();
    private readonly List<(string What, string Figure)> _figures = [];
    private readonly List<CircuitPage> _pages = [];

    public async Task Run()
    {
        var folder = Path.Combine(Folders.Work, "dashboards");
        var heap = Path.Combine(folder, "heap");
        Directory.CreateDirectory(folder);
        await Shell.Run("env", [.. Product.Settings(folder, database: null).Select(static s => $"{s.Name}={s.Value}"), "dotnet", Folders.Product, "seed", "--moments", "200"]);
        await using var server = await RunningServer.Start(
            Contender.All.First(static c => c is { IsProduct: true, Store: Store.Sqlite }), postgres: null, folder,
            ("DOTNET_STARTUP_HOOKS", Folders.Program("HeapProbe")), ("CONCLUDE_BENCH_HEAP", heap));
        using var pages = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        await SignIn(pages);
        await server.Api.AddMoment(PageKind.Moment);
        var moments = await server.Api.Moments();
        using FireLoad load = new(server.Address, [.. moments.Where(static m => m != PageKind.Moment), .. Enumerable.Range(1, ObservedNames).Select(static n => $"bench_event_{n:D2}")]);
        await load.Prepare();
        await load.Run(EventsPerSecond, Settle);
        var (started, others) = (Stopwatch.GetTimestamp(), Cpu.OfAll() - Cpu.OfTree(Environment.ProcessId));

        // What is made once by the first page is not a page's.
        await OpenPages(pages, PageKind.All.Count);
        await Leave(pages);
        var before = await HeapProbe.Collected(server.ProcessId, heap);
        var alone = await Measure(server, load);
        await OpenPages(pages, options.Pages);
        await Task.Delay(Settle);
        var open = await HeapProbe.Collected(server.ProcessId, heap);
        var idle = server.CpuMicroseconds();
        await Task.Delay(Settle);
        Add("server's CPU while nothing happens, share of one core", Share(server.CpuMicroseconds() - idle, Settle));
        var shown = _pages.ConvertAll(static p => (p.Batches, p.Received));
        var beside = await Measure(server, load);
        Pages(shown, load, beside.Took);
        Add("server's CPU, the same fires without pages, share of one core", Share(alone.Cpu, alone.Took));
        Add($"server's CPU with {_pages.Count} pages, share of one core", Share(beside.Cpu, beside.Took));
        Add("events a second accepted, without pages and with", string.Create(CultureInfo.InvariantCulture, $"{alone.PerSecond:N0}, {beside.PerSecond:N0}"));
        Add("events refused as busy, in all", string.Create(CultureInfo.InvariantCulture, $"{load.Refused:N0}"));
        var fired = await HeapProbe.Collected(server.ProcessId, heap);
        var stalled = await Stall(server, load, heap);
        await Leave(pages);
        await Task.Delay(Settle);
        var after = await HeapProbe.Collected(server.ProcessId, heap);
        Memory("before", before);
        Memory($"{options.Pages} pages open", open);
        Memory("after fires", fired);
        Memory("a quarter of the pages standing still for as long", stalled);
        Memory("after they left", after);
        Add("CPU of everything else on this machine, share of one core", Share(Cpu.OfAll() - Cpu.OfTree(Environment.ProcessId) - others, Stopwatch.GetElapsedTime(started)));
        await Write();
    }

    private async Task SignIn(HttpClient pages)
    {
        var form = await pages.GetStringAsync("/sign-in");
        using var answer = await pages.PostAsync(
            "/sign-in", new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", Product.OwnerEmail), new("Input.Password", Product.OwnerPassword),
            new("__RequestVerificationToken", Token().Match(form).Groups["token"].Value),
        ]));
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new BenchException($"Signing in was answered with {answer.StatusCode}.");
        }
    }

    private async Task OpenPages(HttpClient pages, int count)
    {
        var started = Stopwatch.GetTimestamp();
        List<double> took = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce }, async (number, _) =>
        {
            var opened = Stopwatch.GetTimestamp();
            var page = await CircuitPage.Open(pages, _cookies, PageKind.All[number % PageKind.All.Count]);
            lock (_pages)
            {
                _pages.Add(page);
                took.Add(Stopwatch.GetElapsedTime(opened).TotalMilliseconds);
            }
        });
        Console.WriteLine(FormattableString.Invariant($"{count} pages opened in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, each in {Figures.Median(took):F0} ms, {OpenAtOnce} at once"));
    }

    private async Task<(double PerSecond, long Cpu, TimeSpan Took)> Measure(RunningServer server, FireLoad load)
    {
        var (started, cpu) = (Stopwatch.GetTimestamp(), server.CpuMicroseconds());
        var perSecond = await load.Run(EventsPerSecond, TimeSpan.FromSeconds(options.Seconds));
        var measured = (perSecond, server.CpuMicroseconds() - cpu, Stopwatch.GetElapsedTime(started));
        Console.WriteLine(FormattableString.Invariant($"{_pages.Count} pages: {measured.perSecond:N0} events/s, {Share(measured.Item2, measured.Item3)} of a core"));
        return measured;
    }

    private void Pages(List<(int Batches, long Received)> before, FireLoad load, TimeSpan took)
    {
        if (_pages.Find(static p => p.Failure is not null) is { } failed)
        {
            throw new BenchException($"A circuit ended: {failed.Failure}");
        }

        foreach (var kind in PageKind.All)
        {
            var of = _pages.Select((page, i) => (page, i)).Where(p => p.page.Kind == kind).ToList();
            var batches = of.ConvertAll(p => (p.page.Batches - before[p.i].Batches) / took.TotalSeconds);
            var bytes = of.ConvertAll(p => (p.page.Received - before[p.i].Received) / took.TotalSeconds);
            var late = of.SelectMany(p => Latencies(p.page, load)).ToList();
            if (late.Count == 0)
            {
                throw new BenchException($"No probe ever showed on {kind.Path}.");
            }

            Add(kind.Path, string.Create(CultureInfo.InvariantCulture,
                $"{Figures.Median(batches):F1} batches a second (most {batches.Max():F1}), {Figures.Median(bytes) / 1024:F1} KiB a second; an event is on it after {Figures.Median(late):F0} ms, p95 {Figures.Quantile(late, 0.95):F0}, p99 {Figures.Quantile(late, 0.99):F0}, worst {late.Max():F0} ({late.Count} looks)"));
        }
    }

    private static IEnumerable<double> Latencies(CircuitPage page, FireLoad load)
    {
        foreach (var (_, number, at) in load.Probes.Where(p => p.Kind == page.Kind && p.At >= page.OpenedAt))
        {
            var shown = page.Shown.FirstOrDefault(s => s.Number >= number);
            if (shown.At > 0)
            {
                yield return Stopwatch.GetElapsedTime(at, shown.At).TotalMilliseconds;
            }
        }
    }

    private async Task<(long Heap, long Resident)> Stall(RunningServer server, FireLoad load, string heap)
    {
        foreach (var page in _pages.Where(static (_, i) => i % 16 < 4))
        {
            page.Stalled = true;
        }

        await Measure(server, load);
        var memory = await HeapProbe.Collected(server.ProcessId, heap);
        foreach (var page in _pages)
        {
            page.Stalled = false;
        }

        return memory;
    }

    private async Task Leave(HttpClient pages)
    {
        foreach (var page in _pages)
        {
            await page.Leave(pages);
            await page.DisposeAsync();
        }

        _pages.Clear();
    }

    private void Memory(string when, (long Heap, long Resident) memory) => Add($"memory, {when}", string.Create(
        CultureInfo.InvariantCulture, $"{memory.Heap / 1048576.0:F0} MiB of objects, {memory.Resident / 1048576.0:F0} MiB of the process"));

    private static string Share(long microseconds, TimeSpan of) => (microseconds / of.TotalMicroseconds).ToString("P0", CultureInfo.InvariantCulture);

    private void Add(string what, string figure)
    {
        _figures.Add((what, figure));
        Console.WriteLine($"{what}: {figure}");
    }

    private async Task Write()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"| {options.Pages} pages, {EventsPerSecond:N0} events a second, {options.Seconds} s | |\n|---|---|\n");
        foreach (var (what, figure) in _figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");
        }

        await File.WriteAllTextAsync(Path.Combine(Folders.Results, "dashboards.md"), text.ToString());
        Console.WriteLine(text);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
