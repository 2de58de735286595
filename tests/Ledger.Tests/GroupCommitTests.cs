using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>The queue: what waits becomes one transaction, one bad operation fails alone, a full queue says so.</summary>
public abstract class GroupCommitTests(Store store)
{
    private const Verdict Impossible = (Verdict)99;

    [Fact]
    public async Task What_waits_during_a_commit_becomes_one_commit()
    {
        await using var test = TestLedger.On(store);
        using var gate = Gate.Close(test);
        var waiting = Enumerable.Range(0, 100).Select(i => test.Ledger.Append([Fire($"n{i % 5}")])).ToArray();
        Assert.All(waiting, w => Assert.False(w.IsCompleted));

        await gate.Open();
        await Task.WhenAll(waiting);

        var commit = Assert.Single(test.Commits, c => c.Workspace == Acme);
        Assert.Equal(100, commit.Fires.Length);
        Assert.Equal(5, commit.Totals.Length);
        Assert.All(commit.Totals, t => Assert.Equal(20, t.InHour.Fires));
    }

    [Fact]
    public async Task A_batch_is_bounded_but_takes_a_larger_operation_whole()
    {
        await using var test = TestLedger.On(store, o => o.MaxBatchFires = 10);
        using var gate = Gate.Close(test);
        Task[] waiting =
        [
            .. Enumerable.Range(0, 12).Select(_ => test.Ledger.Append([Fire()])),
            test.Ledger.Append([.. Enumerable.Range(0, 25).Select(_ => Fire())]),
        ];

        await gate.Open();
        await Task.WhenAll(waiting);

        Assert.Equal([10, 2, 25], test.Commits.Where(c => c.Workspace == Acme).Select(c => c.Fires.Length));
    }

    [Fact]
    public async Task One_bad_operation_fails_alone()
    {
        await using var test = TestLedger.On(store);
        using var gate = Gate.Close(test);
        var good = Enumerable.Range(0, 5).Select(_ => Fire("new_name")).ToArray();
        var before = good.Take(2).Select(f => test.Ledger.Append([f])).ToArray();
        var bad = test.Ledger.Append([Fire("bad_name"), Fire("bad_name", verdict: Impossible)]);
        var after = good.Skip(2).Select(f => test.Ledger.Append([f])).ToArray();

        await gate.Open();
        var results = (await Task.WhenAll([.. before, .. after])).Select(r => r[0].Status);

        Assert.All(results, s => Assert.Equal(FireStatus.Accepted, s));
        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => bad);
        Assert.NotNull(refused.InnerException);
        var commit = Assert.Single(test.Commits, c => c.Workspace == Acme);
        Assert.Equal(good.Select(f => f.Id), commit.Fires.Select(f => f.Id));
        Assert.Equal(("new_name", 5L), (Assert.Single(commit.Totals).Event, commit.Totals[0].AllTime.Fires));
        Assert.Equal(["new_name"], (await test.Ledger.ReadNames(Acme, null, Noon)).Select(n => n.Name));
        Assert.Equal(5, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_prompt_id_used_twice_is_refused_and_leaves_user_and_cap_alone()
    {
        await using var test = TestLedger.On(store);
        var first = Granted(0);
        await test.Ledger.Append(first);
        var second = Granted(0, user: "u:bob");
        second = second with { Grant = second.Grant! with { Prompt = second.Grant.Prompt with { Id = first.Grant!.Prompt.Id } } };

        await Assert.ThrowsAsync<LedgerRefusedException>(() => test.Ledger.Append(second));

        Assert.Equal(0, (await test.Ledger.ReadUser(Acme, "u:bob")).Version);
        Assert.Equal(1, await test.Ledger.ReadCapUse(Acme, Export, Noon));
        // Nothing of it stuck, so the event can be decided again.
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(second with { Grant = null, Verdict = Verdict.Cooldown })).Status);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_takes_again_once_it_drains()
    {
        await using var test = TestLedger.On(store, o => o.MaxQueuedFires = 10);
        var gate = Gate.Close(test);
        // The one in work counts too.
        var waiting = Enumerable.Range(0, 9).Select(_ => test.Ledger.Append([Fire()])).ToArray();

        await Assert.ThrowsAsync<LedgerBusyException>(() => test.Ledger.Append([Fire()]));
        await Assert.ThrowsAsync<LedgerBusyException>(() => test.Ledger.Describe(Acme, Ada, AdaFacts));
        Assert.All(waiting, w => Assert.False(w.IsCompleted));

        await gate.Open();
        await Task.WhenAll(waiting);
        await Drained(test);
        Assert.Equal(10, (await test.Ledger.AllTime()).Fires);
        gate.Dispose();
    }

    [Fact]
    public async Task A_queue_is_bounded_in_bytes()
    {
        await using var test = TestLedger.On(store, o => o.MaxQueuedBytes = 200_000);
        using var gate = Gate.Close(test);
        var fire = Granted(0);
        fire = fire with { Grant = fire.Grant! with { Prompt = fire.Grant.Prompt with { Question = new string('?', 60_000) } } };
        var waiting = test.Ledger.Append([fire]);

        await Assert.ThrowsAsync<LedgerBusyException>(() => test.Ledger.Append([fire with { Id = Guid.NewGuid() }]));

        await gate.Open();
        await waiting;
    }

    [Fact]
    public async Task A_queue_of_more_than_a_batch_is_bounded_in_time()
    {
        await using var test = TestLedger.On(store, o => (o.MaxBatchFires, o.MaxQueuedTime) = (10, TimeSpan.Zero));
        using var gate = Gate.Close(test);
        var waiting = Enumerable.Range(0, 10).Select(_ => test.Ledger.Append([Fire()])).ToArray();

        // Any time at all is too long here; a batch of ten may wait for ever.
        await Assert.ThrowsAsync<LedgerBusyException>(() => test.Ledger.Append([Fire()]));
        await Assert.ThrowsAsync<LedgerBusyException>(() => test.Ledger.Describe(Acme, Ada, AdaFacts));

        await gate.Open();
        await Task.WhenAll(waiting);
        await Drained(test);
        Assert.Equal(11, (await test.Ledger.AllTime()).Fires);
    }

    [Fact]
    public async Task An_operation_larger_than_the_queue_is_taken_when_nothing_waits()
    {
        await using var test = TestLedger.On(store, o => o.MaxQueuedFires = 10);
        Assert.Equal(20, (await test.Ledger.Append([.. Enumerable.Range(0, 20).Select(_ => Fire())])).Length);
    }

    [Fact]
    public async Task A_listener_that_throws_takes_nothing_from_the_callers()
    {
        await using var test = TestLedger.On(store);
        test.OnCommit = () => throw new InvalidOperationException("of the test");

        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire())).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire())).Status);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_takes_no_more()
    {
        await using var test = TestLedger.On(store);
        var ledger = test.Ledger;
        var waiting = Enumerable.Range(0, 500).Select(_ => ledger.Append([Fire()])).ToArray();

        await test.Close();

        // All is written by then; the callers hear of it on threads of the pool.
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.Append([Fire()]));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.ReadEpoch());
        Assert.False(await ledger.IsReady());
        await test.Reopen();
        Assert.Equal(500, (await test.Ledger.AllTime()).Fires);
    }

    // A caller hears of its commit a moment before its place in the queue is free.
    private static async Task Drained(TestLedger test)
    {
        while (true)
        {
            try
            {
                await test.Ledger.Append([Fire()]);
                return;
            }
            catch (LedgerBusyException)
            {
                await Task.Yield();
            }
        }
    }
}

public sealed class GroupCommitTestsOnSqlite() : GroupCommitTests(Store.Sqlite);

public sealed class GroupCommitTestsOnPostgres() : GroupCommitTests(Store.Postgres);
