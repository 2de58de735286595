using Conclude.Testing;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Retention: old events go and old prompts are blanked in small batches, no sum moves, and it may stop anywhere.</summary>
public abstract class RetentionTests(Store store)
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Old_events_are_deleted_old_prompts_blanked_and_nothing_else_moves()
    {
        await using var test = await Aged(days: 40);
        var before = await Everything(test);

        var trimmed = await Trim(test, Noon.AddDays(2));

        Assert.Equal((4, 1, 3), (trimmed.Sum(t => t.Events), trimmed.Sum(t => t.Prompts), trimmed.Sum(t => t.TestFacts)));
        Assert.Equal(before, await Everything(test));
        Assert.Equal(["second"], (await test.Ledger.ReadRecentFires(Acme, 100)).Select(f => f.Event));
        Assert.Equal(2, (await test.Ledger.ReadRecentFires("other", 100)).Length);
        var response = Assert.Single(await test.Ledger.ReadResponses(new ResponseQuery(Acme)));
        Assert.Equal((Reaction.Frustrated, null, Person.Nobody, PageContext.Unknown), (response.Reaction, response.Comment, response.Person, response.Context));
        var prompt = Assert.Single((await test.Ledger.ReadUser(Acme, Ada)).Prompts);
        Assert.NotNull(prompt.SeenAt);
        Assert.Null(prompt.View);
        Assert.NotNull(prompt.CommentedAt);
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Stopped_half_way_it_leaves_a_store_that_agrees_and_goes_on_later()
    {
        await using var test = await Aged(days: 40, rows: 2);
        var before = await Everything(test);

        Assert.Equal(new TrimResult(0, 0, 2, IsDone: false), await test.StoreLedger.Trim(Acme, Noon.AddDays(2)));
        Assert.Equal(new TrimResult(1, 0, 1, IsDone: false), await test.StoreLedger.Trim(Acme, Noon.AddDays(2)));
        Assert.Equal(new TrimResult(2, 0, 0, IsDone: false), await test.StoreLedger.Trim(Acme, Noon.AddDays(2)));
        await test.Reopen();
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        Assert.Equal(before, await Everything(test));

        var rest = await Trim(test, Noon.AddDays(2));
        Assert.Equal(1, rest.Sum(t => t.Events));
        Assert.All(rest, t => Assert.InRange(t.Events + t.Prompts + t.TestFacts, 0, 2));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Only_whole_hours_go_and_the_horizon_never_moves_back()
    {
        await using var test = await Aged(days: 40);

        Assert.Equal(3, (await Trim(test, Noon.AddHours(24).AddMinutes(59))).Sum(t => t.Events));
        Assert.Equal(0, (await Trim(test, Noon)).Sum(t => t.Events));

        // Nobody can recount what is gone, but what is kept must still add up.
        await test.Tamper("UPDATE totals SET no_moment = 5 WHERE no_moment = 1");
        var found = await test.StoreLedger.Verify(progress: null);
        Assert.Equal(
            [
                "acme/second at 2026-11-24T12Z: no_moment is 5, the rows make 1",
                "acme/first of all time: no_moment is 1, the rows make 5",
                "acme usage of 202611 is 5, the rows make 9",
            ],
            found.WrongSums);
    }

    [Fact]
    public async Task Nothing_younger_than_eight_days_is_deleted()
    {
        await using var test = await Aged(days: 8);
        var now = _time.GetUtcNow();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.StoreLedger.Trim(Acme, now.AddDays(-8).AddMilliseconds(1)));
        Assert.Equal(7, (await test.Ledger.ReadRecentFires(Acme, 100)).Count());
        Assert.True((await test.StoreLedger.Trim(Acme, now.AddDays(-8))).IsDone);
    }

    [Fact]
    public async Task Test_facts_go_after_seven_days_with_their_users_and_others_stay()
    {
        await using var test = await Aged(days: 6);
        await test.Ledger.Describe(Acme, "t:u:ada", AdaFacts);
        await test.Ledger.Describe(Acme, "t:u:new", AdaFacts);
        Assert.Equal(0, (await Trim(test, before: null)).Sum(t => t.TestFacts));
        await test.Ledger.Append(Fire(test: true, user: "t:u:new", at: Noon.AddDays(6)));
        _time.Advance(TimeSpan.FromDays(1.1));

        var trimmed = await Trim(test, before: null);

        Assert.Equal((0, 0, 3), (trimmed.Sum(t => t.Events), trimmed.Sum(t => t.Prompts), trimmed.Sum(t => t.TestFacts)));
        Assert.Equal("t:u:new"[2..], Assert.Single(await test.Ledger.ReadRecentFires(Acme, 100), f => f.Test).User);
        var gone = await test.Ledger.ReadUser(Acme, "t:u:ada");
        Assert.Equal((0, Person.Nobody), (gone.Prompts.Length, gone.Person));
        Assert.Equal(AdaFacts, (await test.Ledger.ReadUser(Acme, "t:u:new")).Person);
        // A session that still remembers the deleted user cannot go on where it was.
        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(1, user: "t:u:ada", test: true))).Status);
        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(0, user: "t:u:ada", test: true))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Granted(gone.Version, user: "t:u:ada", test: true))).Status);
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Beside_writers_no_verification_sees_a_difference()
    {
        await using var test = await Aged(days: 60, rows: 20);
        await test.Ledger.Append([.. Enumerable.Range(0, 1_000).Select(i => Fire($"n{i % 7}", $"u:{i}", Noon.AddMinutes(i)))]);
        using CancellationTokenSource end = new();
        var writing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await test.Ledger.Append([Fire("now", at: Noon.AddDays(59)), Fire("late", at: Noon.AddMinutes(5))]);
            }
        });

        TrimResult trimmed;
        do
        {
            trimmed = await test.StoreLedger.Trim(Acme, Noon.AddHours(10));
            Assert.Empty(await test.Ledger.Verify());
        }
        while (trimmed.Events >= 20);
        await end.CancelAsync();
        await writing;
        await Trim(test, Noon.AddHours(10));

        Assert.Empty(await test.Ledger.Verify());
        Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM events WHERE received_at < {Noon.AddHours(10).ToUnixTimeMilliseconds()} AND user_label <> 'ada' AND workspace = 1"));
    }

    [Fact]
    public async Task A_workspace_that_stored_nothing_has_nothing_to_trim()
    {
        await using var test = await Aged(days: 40);
        Assert.Equal([Acme, "other"], await test.StoreLedger.ReadWorkspaces());
        Assert.Equal(new TrimResult(0, 0, 0, IsDone: true), await test.StoreLedger.Trim("nowhere", Noon));
    }

    /// <summary>The history of <see cref="VerifyTests.History"/>, so many days after.</summary>
    private async Task<TestLedger> Aged(int days, int rows = 500)
    {
        var test = TestLedger.On(store, o => o.UpkeepRows = rows, _time);
        await VerifyTests.History(test);
        _time.Advance(Noon.AddDays(days) - _time.GetUtcNow());
        return test;
    }

    private static async Task<List<TrimResult>> Trim(TestLedger test, DateTimeOffset? before)
    {
        List<TrimResult> results = [];
        while (results is not [.., { IsDone: true }])
        {
            results.Add(await test.StoreLedger.Trim(Acme, before));
        }
        return results;
    }

    private static async Task<string> Everything(TestLedger test)
    {
        var hours = await test.Ledger.ReadHours(Acme, null, Noon.AddDays(-1), Noon.AddYears(1));
        var names = await test.Ledger.ReadNames(Acme, null, Noon);
        return string.Join('\n', hours.Select(h => $"{h.Event} {h.Hour:O} {h.Counters} {h.Counters.Fires}").Concat(names.Select(n => $"{n.Name} {n.FirstSeen:O} {n.LastSeen:O} {n.AllTime.Fires} {n.AllTime}")))
            + await test.Ledger.ReadUsage(Acme, Noon) + await test.Ledger.ReadCapUse(Acme, Export, Noon.AddDays(1));
    }
}

public sealed class RetentionTestsOnSqlite() : RetentionTests(Store.Sqlite);

public sealed class RetentionTestsOnPostgres() : RetentionTests(Store.Postgres);
