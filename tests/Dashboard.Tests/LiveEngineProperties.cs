using System.Collections.Immutable;
using System.Diagnostics;
using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Live;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Conclude.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>
/// Proves on a running engine, its streams and grains, with a ledger that is written elsewhere and a clock that stands still (so that
/// nothing is read again by itself): whatever messages were lost, repeated or told out of order, after the next one an open page, the
/// catalog and the moment say what the ledger says.
/// </summary>
public sealed class LiveEngineProperties : IAsyncLifetime
{
    private const string Owner = "owner@example.com";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private ChangingTotals _ledger = new(0);
    private int _workspaces;
    private IHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var ledger = Substitute.For<ILedger>();
        ledger.ReadEpoch(default).ReturnsForAnyArgs(_ => _ledger.Epoch);
        ledger.ReadNames("", null, default, default).ReturnsForAnyArgs(call => Task.FromResult<ImmutableArray<ObservedEvent>>(
            [.. _ledger.Names.Where(n => call.ArgAt<string?>(1) is not { } only || n.Name == only)]));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(new ManualTime());
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(Substitute.For<ILedgerAudit>());
        var outbox = Substitute.For<IOutbox>();
        outbox.ReadWaiting(default).ReturnsForAnyArgs([]);
        builder.Services.AddSingleton(outbox);
        builder.Services.AddLocalEngine(static engine => engine
            .AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider).AddMemoryGrainStorage(Storage.Provider));
        builder.Services.AddConcludeGrains();
        builder.Services.AddSingleton<WorkspaceWatches>();
        builder.Services.AddScoped<WorkspaceFeed>();
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public void After_the_next_message_everyone_says_what_the_ledger_says() =>
        Prop.ForAll(Gen.Choose(0, 10_000).ListOf(30).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (steps, seed) => Play(steps, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private async Task<bool> Play(IEnumerable<int> steps, int seed)
    {
        var (workspace, ledger, random) = ($"w{_workspaces++}", new ChangingTotals(seed), new Random(seed));
        _ledger = ledger;
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        Assert.True(await grains.Tenant(workspace).Create(new NewWorkspace(
            workspace, PlanLimits.SelfHosted, Owner, [ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), ChangingTotals.Start)], "x")));
        await using var circuit = _host.Services.CreateAsyncScope();
        var feed = circuit.ServiceProvider.GetRequiredService<WorkspaceFeed>();
        await feed.Start(new DashboardUser(Owner, workspace));
        List<EventTotals> messages = [];
        var now = ChangingTotals.Start;
        foreach (var step in steps)
        {
            now += TimeSpan.FromSeconds(random.Next(60));
            switch (step % 6)
            {
                case 0 or 1:
                    messages.Add(ledger.Commit(now));
                    break;
                case 2:
                    // Somebody asks: the grains remember what they read.
                    await grains.Catalog(workspace).Names();
                    await grains.Moment(workspace, ChangingTotals.EventNames[random.Next(3)]).Totals();
                    break;
                case 3 when step % 5 == 0:
                    ledger.Repair();
                    break;
                case 3:
                    await feed.ReadAgain();
                    break;
                default:
                    await Tell(workspace, messages.Where(_ => random.Next(4) == 0).OrderBy(_ => random.Next()));
                    break;
            }
        }

        await Tell(workspace, [.. ChangingTotals.EventNames.Select(name => ledger.Commit(now, name))]);
        var expected = ledger.Names.Select(static n => (n.Name, n.AllTime)).ToArray();
        var started = Stopwatch.GetTimestamp();
        while (!await IsRight())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(2);
        }

        return true;

        async Task<bool> IsRight()
        {
            var catalog = await grains.Catalog(workspace).Names();
            var moments = await Task.WhenAll(ChangingTotals.EventNames.Select(async name => (name, await grains.Moment(workspace, name).Totals())));
            return feed.Events.Values.Select(static r => (r.Name, r.Counters)).SequenceEqual(expected)
                && catalog.Select(static n => (n.Name, n.AllTime)).SequenceEqual(expected) && moments.SequenceEqual(expected);
        }
    }

    /// <summary>As the publisher does: to the workspace's stream, and to that of each moment.</summary>
    private async Task Tell(string workspace, IEnumerable<EventTotals> messages)
    {
        var streams = _host.Services.GetStreams();
        foreach (var message in messages)
        {
            await streams.Totals(workspace).OnNextAsync(new TotalsChanged([message]));
            await streams.Moment(workspace, message.Event).OnNextAsync(message);
        }
    }
}
