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
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves on a running engine, with a clock that the test moves, that many open pages cost one watch, which ends after them and heals.</summary>
public sealed class WorkspaceWatchesTests : IAsyncLifetime
{
    private const string Owner = "owner@example.com";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ManualTime _time = new();
    private readonly ChangingTotals _totals = new(1);
    private bool _storeIsAway;
    private int _reads;
    private IHost _host = null!;

    private WorkspaceWatches Watches => _host.Services.GetRequiredService<WorkspaceWatches>();

    public async ValueTask InitializeAsync()
    {
        var ledger = Substitute.For<ILedger>();
        ledger.ReadEpoch(default).ReturnsForAnyArgs(_ => _totals.Epoch);
        ledger.ReadRecentFires("", default, default).ReturnsForAnyArgs(ImmutableArray<RecentFire>.Empty);
        ledger.ReadNames("", null, default, default).ReturnsForAnyArgs(_ =>
        {
            Interlocked.Increment(ref _reads);
            return _storeIsAway ? throw new InvalidOperationException("The store is away.") : Task.FromResult(_totals.Names);
        });
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(Substitute.For<ILedgerAudit>());
        builder.Services.AddSingleton(Substitute.For<IOutbox>());
        builder.Services.AddLocalEngine(static engine => engine
            .AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider).AddMemoryGrainStorage(Storage.Provider));
        builder.Services.AddConcludeGrains();
        builder.Services.AddSingleton<WorkspaceWatches>();
        builder.Services.AddScoped<WorkspaceFeed>();
        _host = builder.Build();
        await _host.StartAsync();
        foreach (var workspace in (string[])["acme", "globex"])
        {
            Assert.True(await _host.Services.GetRequiredService<IGrainFactory>().Tenant(workspace).Create(new NewWorkspace(
                workspace, PlanLimits.SelfHosted, Owner, [ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), _time.GetUtcNow())], "x")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task Many_pages_of_a_workspace_share_one_watch_and_workspaces_share_none()
    {
        await using var first = await Open("acme");
        var reads = _reads;
        await using var second = await Open("acme");

        Assert.Equal(1, Watches.Count);
        Assert.Equal(reads, _reads);
        await using var other = await Open("globex");
        Assert.Equal(2, Watches.Count);

        await Tell("acme", _totals.Commit(_time.GetUtcNow(), "a"));

        await Until(() => first.Feed.Events.ContainsKey("a") && second.Feed.Events.ContainsKey("a"));
        Assert.Same(first.Feed.Events, second.Feed.Events);
        Assert.Empty(other.Feed.Events);
    }

    [Fact]
    public async Task The_watch_ends_some_time_after_its_last_page_and_not_before()
    {
        var first = await Open("acme");
        var second = await Open("acme");
        await first.DisposeAsync();
        _time.Advance(WorkspaceWatches.Lingers);
        Assert.Equal(1, Watches.Count);

        await second.DisposeAsync();
        _time.Advance(WorkspaceWatches.Lingers - TimeSpan.FromSeconds(1));
        await using (await Open("acme"))
        {
            // A reload: the watch is still there, and stays.
            _time.Advance(WorkspaceWatches.Lingers);
            Assert.Equal(1, Watches.Count);
        }

        _time.Advance(WorkspaceWatches.Lingers);
        Assert.Equal(0, Watches.Count);
    }

    [Fact]
    public async Task A_page_that_has_gone_is_held_by_nothing_though_the_watch_goes_on()
    {
        await using var stays = await Open("acme");
        var gone = await OpenAndLeave();

        await Until(() =>
        {
            GC.Collect();
            return !gone.IsAlive;
        });
        Assert.Equal(1, Watches.Count);

        async Task<WeakReference> OpenAndLeave()
        {
            await using var page = await Open("acme");
            using var fires = await page.Feed.WatchFires();
            page.Feed.Changed += (_, _) => GC.KeepAlive(page);
            await Tell("acme", _totals.Commit(_time.GetUtcNow(), "left"));
            page.Feed.Suspend();
            await page.Feed.Resume();
            return new WeakReference(page.Feed);
        }
    }

    [Fact]
    public async Task A_workspace_that_could_not_be_read_is_read_by_the_next_page()
    {
        _storeIsAway = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Open("acme"));
        Assert.Equal(0, Watches.Count);

        _storeIsAway = false;
        await using var page = await Open("acme");

        Assert.True(page.Feed.Started);
    }

    [Fact]
    public async Task A_page_says_that_it_is_behind_and_heals_when_the_store_is_back()
    {
        await using var page = await Open("acme");
        _storeIsAway = true;
        await Assert.ThrowsAsync<TimeoutException>(() => Until(() => page.Feed.Behind, TimeSpan.FromMilliseconds(50)));

        await Looking(() => page.Feed.Behind);

        _storeIsAway = false;
        await Looking(() => !page.Feed.Behind);
    }

    [Fact]
    public async Task However_much_happens_a_page_is_told_at_most_four_times_a_second()
    {
        await using var page = await Open("acme");
        await Looking(() => _reads > 1);
        var told = 0;
        page.Feed.Changed += (_, _) => told++;
        long fires = 0;
        for (var i = 0; i < 100; i++)
        {
            var totals = _totals.Commit(_time.GetUtcNow(), "a");
            fires = totals.AllTime.Fires;
            await Tell("acme", totals);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        await Until(() => page.Feed.Events.GetValueOrDefault("a")?.Counters.Fires == fires);
        _time.Advance(PageDrawing.Every);
        Assert.InRange(told, 1, 6);
    }

    [Fact]
    public async Task A_page_without_a_connection_is_told_nothing_and_knows_all_when_it_is_back()
    {
        await using var page = await Open("acme");
        var told = 0;
        page.Feed.Changed += (_, _) => told++;
        var answers = page.Feed.Answers;

        page.Feed.Suspend();
        _time.Advance(WorkspaceWatches.Lingers);
        Assert.Equal(0, Watches.Count);
        told = 0;
        _totals.Commit(_time.GetUtcNow(), "b");

        // The catalog's own reading is half a minute old at most.
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, told);
        Assert.False(page.Feed.Events.ContainsKey("b"));

        await page.Feed.Resume();
        _time.Advance(PageDrawing.Every);

        Assert.InRange(told, 1, 2);
        Assert.True(page.Feed.Events.ContainsKey("b"));
        Assert.NotEqual(answers, page.Feed.Answers);
    }

    private async Task<OpenPage> Open(string workspace)
    {
        OpenPage page = new(_host.Services.CreateAsyncScope());
        try
        {
            await page.Feed.Start(new DashboardUser(Owner, workspace));
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    private Task Tell(string workspace, EventTotals totals) => _host.Services.GetStreams().Totals(workspace).OnNextAsync(new TotalsChanged([totals]));

    /// <summary>Lets the watch look, once a second, until something holds.</summary>
    private Task Looking(Func<bool> holds) => Until(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return holds();
    });

    private static async Task Until(Func<bool> holds, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
            {
                throw new TimeoutException();
            }

            await Task.Delay(5);
        }
    }

    private sealed class OpenPage(AsyncServiceScope scope) : IAsyncDisposable
    {
        public WorkspaceFeed Feed => scope.ServiceProvider.GetRequiredService<WorkspaceFeed>();

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
