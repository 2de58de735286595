using System.Collections.Concurrent;
using Conclude.Ledger.Postgres;
using Conclude.Testing;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>What only a server has: it goes away under load, several processes meet on it, and its lock can be lost.</summary>
public sealed class PostgresTests
{
    private const int Callers = 16;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice_when_the_server_stops_under_load()
    {
        using var server = PostgresServer.StartOwn();
        await using var test = TestLedger.OnPostgres(server.NewDatabase());
        ConcurrentDictionary<Guid, bool> acknowledged = [];
        using CancellationTokenSource end = new();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => Fire(test.Ledger, acknowledged, end.Token))).ToArray();

        for (var round = 1; round <= 2; round++)
        {
            await Reach(acknowledged, round * 300);
            server.Stop("immediate");
            Assert.False(await test.Ledger.IsReady());
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => test.Ledger.ReadEpoch());
            server.Start();
            await Reach(acknowledged, acknowledged.Count + 100);
        }
        await end.CancelAsync();
        await Task.WhenAll(callers);

        Assert.True(await test.Ledger.IsReady());
        Assert.Empty(await test.Ledger.Verify());
        Assert.Equal(acknowledged.Count, (await test.Ledger.ReadNames(Acme, null, Noon)).Sum(n => n.AllTime.Fires));
        // Every caller repeats until it is told, so stored and acknowledged are the same set.
        var again = await test.Ledger.Append([.. acknowledged.Keys.Select(id => Facts.Fire(id: id))]);
        Assert.All(again, r => Assert.Equal(FireStatus.Duplicate, r.Status));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_restart_while_nothing_was_asked_costs_nobody_a_refusal(string mode)
    {
        using var server = PostgresServer.StartOwn();
        await using var test = TestLedger.OnPostgres(server.NewDatabase());
        await test.Ledger.Append(Facts.Fire());
        Assert.Equal(1, await test.Ledger.ReadEpoch());
        for (var round = 0; round < 2; round++)
        {
            server.Stop(mode);
            server.Start();

            Assert.Equal(1, await test.Ledger.ReadEpoch());
            Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Facts.Fire())).Status);
        }
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_migrate_once_and_write_exactly()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var first = TestLedger.CreatePostgres(database, static o => o.SingleProcess = false);
        await using var second = TestLedger.CreatePostgres(database, static o => o.SingleProcess = false);
        await Task.WhenAll(Task.Run(first.Open), Task.Run(second.Open));

        ILedger[] ledgers = [first, second];
        FireLimits limits = new(EventsPerMonth: 100, EventNames: 5, NewNamesPerHour: 0);
        var results = await Task.WhenAll(Enumerable.Range(0, 800).Select(i => Task.Run(() =>
            ledgers[i % 2].Append(Facts.Fire($"n{i % 9}", workspace: i / 9 % 3 == 0 ? "other" : Acme, limits: limits)))));
        var grants = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => ledgers[i % 2].Append(Granted(0, cap: 10, user: $"u:{i / 2}", name: "asked")))));

        Assert.Empty(await first.Verify());
        var accepted = results.Count(static r => r.Status is FireStatus.Accepted) + grants.Count(static r => r.Status is FireStatus.Accepted);
        var names = (await second.ReadNames(Acme, null, Noon)).Concat(await first.ReadNames("other", null, Noon)).ToArray();
        Assert.Equal(accepted, names.Sum(static n => n.AllTime.Fires));
        Assert.Equal(5, (await first.ReadNames("other", null, Noon)).Length);
        Assert.Equal((100L, 100L + grants.Count(static r => r.Status is FireStatus.Accepted)), (await first.ReadUsage("other", Noon), await first.ReadUsage(Acme, Noon)));
        Assert.Equal(10, grants.Count(static r => r.Prompt is not null));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Who_must_be_alone_and_who_shares_keep_each_other_out(bool firstAlone, bool secondAlone)
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var first = TestLedger.CreatePostgres(database, o => o.SingleProcess = firstAlone);
        first.Open();

        await using var second = TestLedger.CreatePostgres(database, o => o.SingleProcess = secondAlone);
        Assert.Throws<DatabaseInUseException>(second.Open);

        await first.DisposeAsync();
        second.Open();
        Assert.Equal(FireStatus.Accepted, (await second.Append(Facts.Fire())).Status);
    }

    [Fact]
    public async Task The_turn_of_upkeep_is_one_process_at_a_time()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var first = TestLedger.CreatePostgres(database, static o => o.SingleProcess = false);
        await using var second = TestLedger.CreatePostgres(database, static o => o.SingleProcess = false);
        first.Open();
        second.Open();

        var turn = await first.TryTakeTurn(TestContext.Current.CancellationToken);
        Assert.NotNull(turn);
        Assert.Null(await second.TryTakeTurn(TestContext.Current.CancellationToken));
        turn.Dispose();
        using var next = await second.TryTakeTurn(TestContext.Current.CancellationToken);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_as_it_is()
    {
        var database = PostgresServer.Get().NewDatabase();
        PostgresServer.Execute(database, "CREATE TABLE conclude_schema(version bigint); INSERT INTO conclude_schema VALUES (1000)");

        await using var ledger = TestLedger.CreatePostgres(database);
        var refused = Assert.Throws<NewerStoreException>(ledger.Open);

        Assert.Contains("1000", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, PostgresServer.Execute(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_second_process_is_refused_until_the_first_has_closed()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var first = TestLedger.CreatePostgres(database);
        first.Open();

        await using (var second = TestLedger.CreatePostgres(database))
        {
            var refused = Assert.Throws<DatabaseInUseException>(second.Open);
            Assert.Contains("is in use by another Conclude process", refused.Message, StringComparison.Ordinal);
        }

        await first.DisposeAsync();
        await using var third = TestLedger.CreatePostgres(database);
        third.Open();
        Assert.Equal(FireStatus.Accepted, (await third.Append(Facts.Fire())).Status);
    }

    [Fact]
    public async Task A_lock_that_is_lost_to_another_process_stops_the_writes_until_it_is_free_again()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using var test = TestLedger.OnPostgres(database);
        await test.Ledger.Append(Facts.Fire());
        PostgresServer.Execute(database, EndLockHolders);
        await using var thief = TestLedger.CreatePostgres(database);
        await Opened(thief, test.Ledger, database);

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => test.Ledger.Append(Facts.Fire()));
        Assert.False(await test.Ledger.IsReady());

        await thief.DisposeAsync();
        Assert.True(await test.Ledger.IsReady());
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Facts.Fire())).Status);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_refused_in_words()
    {
        await using var ledger = TestLedger.CreatePostgres("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing");
        var refused = Assert.Throws<LedgerUnavailableException>(ledger.Open);
        Assert.Contains("nothing on 127.0.0.1", refused.Message, StringComparison.Ordinal);
    }

    private const string EndLockHolders =
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    // Whoever comes first has the lock: the owner may have taken it back already, and loses it again.
    private static async Task Opened(PostgresLedger thief, ILedger owner, string database)
    {
        while (true)
        {
            try
            {
                thief.Open();
                return;
            }
            catch (DatabaseInUseException)
            {
                PostgresServer.Execute(database, EndLockHolders);
                await owner.ReadEpoch();
            }
        }
    }

    private static async Task Fire(ILedger ledger, ConcurrentDictionary<Guid, bool> acknowledged, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var fire = Facts.Fire($"n{Random.Shared.Next(5)}");
            while (true)
            {
                try
                {
                    await ledger.Append(fire);
                    acknowledged[fire.Id] = true;
                    break;
                }
                catch (LedgerUnavailableException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                }
            }
        }
    }

    private static async Task Reach(ConcurrentDictionary<Guid, bool> acknowledged, int count)
    {
        while (acknowledged.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
