using System.Globalization;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Hosting.Walk;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>
/// Sends mutations of valid requests to every route, the same for the same seed. <c>CONCLUDE_FUZZ_SEED</c> chooses another one,
/// <c>CONCLUDE_FUZZ_REQUESTS</c> how many are sent.
/// </summary>
internal sealed class Campaign(WholeServer server, WebhookReceiver receiver) : IDisposable
{
    private const int DefaultSeed = 20261129;
    private const int DefaultRequests = 3_000;
    private const int PerRound = 1_000;

    /// <summary>Of routes that are slow on purpose: half a second to refuse a password, more to erase somebody. All of them are asked at once.</summary>
    private const int SlowPerRound = 4;

    /// <summary>As often is a slow request sent again: its best time counts.</summary>
    private const int Again = 6;

    public static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(100);

    private readonly Wire _wire = new(server.Api.Address);
    private readonly List<Finding> _findings = [];

    public static int Seed { get; } = Setting("CONCLUDE_FUZZ_SEED", DefaultSeed);

    public static int Requests { get; } = Setting("CONCLUDE_FUZZ_REQUESTS", DefaultRequests);

    public IReadOnlyList<Finding> Findings => _findings;

    public int Sent { get; private set; }

    public Dictionary<int, int> Statuses { get; } = [];

    /// <summary>The slowest of those within the bound.</summary>
    public (TimeSpan Took, string Route) Slowest { get; private set; }

    public async Task Run()
    {
        // What changes comes after what reads, and what takes its own credentials away last.
        var routes = RouteTable.All.Where(static e => e.Route != "* /_blazor").OrderBy(static e => e.Ends ? 3 : e.Method switch { "GET" or "HEAD" => 0, "DELETE" => 2, _ => 1 }).ToArray();
        for (var round = 0; Sent < Requests; round++)
        {
            List<(Entry, Shot, int[])> slow = [];
            var subject = await Subject.Make(server, $"fuzz{Letters(round)}", receiver);
            var each = Math.Max(1, Math.Min(PerRound, Requests) / routes.Length);
            foreach (var entry in routes)
            {
                var valid = subject.Valid(entry).ToArray();
                for (var i = 0; i < (IsSlow(entry) ? Math.Min(each, SlowPerRound) : each); i++)
                {
                    Random random = new(HashCode(Seed, Sent));
                    var seeds = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next()).ToArray();
                    var original = valid[random.Next(valid.Length)];
                    if (IsSlow(entry))
                    {
                        Sent++;
                        slow.Add((entry, original, seeds));
                    }
                    else
                    {
                        await Try(entry, original, seeds);
                    }
                }
            }

            await Task.WhenAll(slow.Select(s => TrySlow(s.Item1, s.Item2, s.Item3)));
        }
    }

    public async Task<WireAnswer> Send(Shot shot) => await _wire.Send(shot);

    public void Dispose() => _wire.Dispose();

    private async Task Try(Entry entry, Shot original, int[] seeds)
    {
        Sent++;
        var shot = Mutated(original, seeds);
        var answer = await _wire.Send(shot);
        Count(answer);
        if (Judge.Complaint(original, shot, answer) is { } complaint)
        {
            var smallest = await Shrink(original, seeds);
            Add(entry, complaint, smallest, $"{answer.Status}");
        }
        else if (shot.Method == original.Method)
        {
            // Another method is another route, which may be slow on purpose.
            await Time(entry, shot, answer.Took);
        }
    }

    private async Task TrySlow(Entry entry, Shot original, int[] seeds)
    {
        using Wire own = new(server.Api.Address);
        var shot = Mutated(original, seeds);
        var answer = await own.Send(shot);
        lock (_findings)
        {
            Count(answer);
            if (Judge.Complaint(original, shot, answer) is { } complaint)
            {
                Add(entry, complaint, shot, $"{answer.Status}");
            }
        }
    }

    private async Task Time(Entry entry, Shot shot, TimeSpan took)
    {
        for (var i = 0; i < Again && took > Bound; i++)
        {
            took = Min(took, (await _wire.Send(shot)).Took);
        }

        if (took > Bound)
        {
            // Unless the machine has no time for the plainest of requests either.
            var plain = TimeSpan.MaxValue;
            for (var i = 0; i < Again; i++)
            {
                plain = Min(plain, (await _wire.Send(new Shot("GET", "/health/live", "", [("Host", "x")], null))).Took);
            }

            if (took > Bound + (10 * plain))
            {
                Add(entry, string.Create(CultureInfo.InvariantCulture, $"took {took.TotalMilliseconds:F0} ms at best, a plain request {plain.TotalMilliseconds:F1} ms"), shot, "slow");
            }
        }
        else if (took > Slowest.Took)
        {
            Slowest = (took, entry.Route);
        }
    }

    /// <summary>Leaves out what changes nothing about the complaint.</summary>
    private async Task<Shot> Shrink(Shot original, int[] seeds)
    {
        for (var i = 0; i < seeds.Length && seeds.Length > 1; i++)
        {
            var fewer = seeds.Where((_, at) => at != i).ToArray();
            var shot = Mutated(original, fewer);
            if (Judge.Complaint(original, shot, await _wire.Send(shot)) is not null)
            {
                (seeds, i) = (fewer, -1);
            }
        }

        return Mutated(original, seeds);
    }

    private void Add(Entry entry, string what, Shot shot, string kind)
    {
        if (!_findings.Exists(f => (f.Route, f.Kind) == (entry.Route, kind)))
        {
            _findings.Add(new(entry.Route, kind, what.Length > 1_000 ? what[..1_000] : what, shot.Curl(server.Api.Address), Sent));
        }
    }

    private void Count(WireAnswer answer) => Statuses[answer.Status] = Statuses.GetValueOrDefault(answer.Status) + 1;

    private static bool IsSlow(Entry entry) => entry.Hashes || entry.Waits;

    private static Shot Mutated(Shot original, int[] seeds) => seeds.Aggregate(original, Mutations.Mutate);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>The same in every process, unlike the framework's.</summary>
    private static int HashCode(int seed, int number) => unchecked((int)(((uint)seed * 2_654_435_761u) ^ ((uint)number * 2_246_822_519u)));

    private static string Letters(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(static c => (char)('a' + c - '0')));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
