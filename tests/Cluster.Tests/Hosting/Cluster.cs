using System.Globalization;
using System.Reflection;
using Conclude.Testing;
using Conclude.Testing.Judging;
using Conclude.Testing.Load;
using Conclude.Testing.Network;

namespace Conclude.Cluster.Tests.Hosting;

/// <summary>Real silos as processes on the loopback interface, on one fresh database.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public static readonly string[] Moments = ["report_exported", "invoice_sent", "import_failed"];

    private readonly List<SiloProcess> _silos = [];
    private readonly List<TcpProxy> _networks = [];

    private Cluster(string database) => (Database, Store) = (database, new PostgresStore(database));

    public string Database { get; }

    public PostgresStore Store { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<string> Addresses => [.. _silos.Select(static s => s.Address)];

    /// <summary>Between the silos: what lies before each one's own port. Only where they were started with it.</summary>
    public IReadOnlyList<TcpProxy> Networks => _networks;

    private static bool IsOrleans =>
        typeof(Cluster).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Engine").Value == "Orleans";

    /// <summary>Silos that start at once, with the moments of the tests; skips where there are none.</summary>
    public static async Task<Cluster> Start(int silos, bool proxied = false)
    {
        var cluster = Empty();
        try
        {
            await cluster.Join(silos, proxied);
            await cluster.Furnish();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh database and no silo yet.</summary>
    public static Cluster Empty()
    {
        RequireOrleans();
        return new Cluster(PostgresServer.Get().NewDatabase());
    }

    public static void RequireOrleans() => Assert.SkipUnless(IsOrleans, "Silos of a cluster are built with -p:Engine=Orleans; .ci/run does.");

    /// <summary>Adds the moments, without a cooldown.</summary>
    public async Task Furnish()
    {
        foreach (var name in Moments)
        {
            using var made = await _silos[0].Management.PostAsync("/api/v1/moments", Json.Of(new { @event = name, question = "How was it?", followUp = "What happened?", cooldownHours = 0 }));
            made.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Starts more silos, all at once, and waits until each is ready.</summary>
    public Task Join(int silos = 1, bool proxied = false, params (string Name, string Value)[] settings) => Task.WhenAll(Enumerable.Range(0, silos).Select(async _ =>
    {
        var port = SiloProcess.FreePort();
        var network = proxied ? new TcpProxy(port) : null;
        var silo = await SiloProcess.Start(
        [
            ("ConnectionStrings__Conclude", Database), ("Conclude__RateLimit__Enabled", "false"), ("Conclude__Cluster__Address", "127.0.0.1"),
            ("Conclude__Cluster__SiloPort", (network?.Port ?? port).ToString(CultureInfo.InvariantCulture)),
            ("Conclude__Cluster__Listen", $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"),
            .. settings,
        ]);
        lock (_silos)
        {
            _silos.Add(silo);
            if (network is not null)
            {
                _networks.Add(network);
            }
        }
    }));

    public WidgetLoad Load(int pages = 24) => new(Addresses, Moments, pages);

    /// <summary>Everything but one.</summary>
    public IReadOnlyList<string> Without(SiloProcess silo) => [.. _silos.Where(s => s != silo).Select(static s => s.Address)];

    /// <summary>What is wrong: answers and rows against the journal, rows against sums, and what each silo's API says.</summary>
    /// <param name="totalsWithin">How long a total may be behind: a second, but 30 s where its message was lost with a silo.</param>
    /// <param name="readsAgain">Has each silo write first, after which it trusts nothing that it read before: who has lost messages need not wait 30 s.</param>
    public async Task<List<string>> Judge(Journal journal, TimeSpan? totalsWithin = null, bool readsAgain = false)
    {
        var (events, prompts) = (await Store.Events(), await Store.Prompts());
        List<string> complaints = [.. journal.Complaints, .. Testing.Judging.Judge.Answers(journal), .. Testing.Judging.Judge.Rows(journal, events, prompts)];
        foreach (var silo in readsAgain ? _silos : [])
        {
            using var ready = await silo.Management.GetAsync("/health/ready");
            ready.EnsureSuccessStatusCode();
        }

        foreach (var silo in _silos)
        {
            var wrong = await Soon.Get(
                () => new ApiTotals(silo.Management).Differences(events, prompts, DateTimeOffset.UtcNow), static w => w.Count == 0, totalsWithin ?? TimeSpan.FromSeconds(1));
            complaints.AddRange(wrong.Select(w => $"{silo.Address}: {w}"));
        }

        return [.. complaints, .. await Store.Recount()];
    }

    public string LastPrinted => string.Join('\n', _silos.Select(static (s, i) => $"-- silo {i}\n" + string.Join('\n', s.Printed.Split('\n').TakeLast(25))));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var network in _networks)
        {
            await network.DisposeAsync();
        }
    }
}
