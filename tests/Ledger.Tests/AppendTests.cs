using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Fires: counted once, each on its own merits.</summary>
public abstract class AppendTests(Store store)
{
    [Fact]
    public async Task A_fire_is_stored_counted_and_published()
    {
        await using var test = TestLedger.On(store);
        var fire = Fire() with { Until = Noon.AddHours(3), Verdict = Verdict.Cooldown };

        var result = await test.Ledger.Append(fire);

        Assert.Equal(new FireResult(FireStatus.Accepted, Verdict.Cooldown, Noon.AddHours(3), null), result);
        var recent = Assert.Single(await test.Ledger.ReadRecentFires(Acme, 10));
        Assert.Equal(new RecentFire(fire.Id, Export, Noon, Noon, "ada", Verdict.Cooldown, Noon.AddHours(3), false), recent);
        var commit = Assert.Single(test.Commits);
        Assert.Equal(Acme, commit.Workspace);
        Assert.Equal(recent, Assert.Single(commit.Fires));
        var totals = Assert.Single(commit.Totals);
        Assert.Equal((Export, 1L, Noon, Noon, Noon), (totals.Event, totals.Epoch, totals.FirstSeen, totals.LastSeen, totals.Hour));
        Assert.Equal(1, totals.AllTime.Verdicts[(int)Verdict.Cooldown]);
        Assert.Equal(totals.AllTime, totals.InHour);
        Assert.Equal(1, totals.AllTime.Fires);
        Assert.Equal(totals.AllTime, await test.Ledger.AllTime());
        Assert.Equal(1, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_repeated_id_moves_nothing_and_answers_with_what_was_stored()
    {
        await using var test = TestLedger.On(store);
        var fire = Fire(verdict: Verdict.Cooldown) with { Until = Noon.AddHours(3) };
        await test.Ledger.Append(fire);

        var again = await test.Ledger.Append(fire with { Verdict = Verdict.NoMoment, Until = null, Event = "another", ReceivedAt = Noon.AddHours(1) });

        Assert.Equal(new FireResult(FireStatus.Duplicate, Verdict.Cooldown, Noon.AddHours(3), null), again);
        Assert.Equal(1, (await test.Ledger.AllTime()).Fires);
        Assert.Equal(0, (await test.Ledger.AllTime("another")).Fires);
        Assert.Equal(1, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Single(test.Commits);
    }

    [Fact]
    public async Task An_id_repeated_within_one_batch_counts_once()
    {
        await using var test = TestLedger.On(store);
        var fire = Fire();

        var results = await test.Ledger.Append([fire, fire, Fire(), fire]);

        Assert.Equal([FireStatus.Accepted, FireStatus.Duplicate, FireStatus.Accepted, FireStatus.Duplicate], results.Select(r => r.Status));
        Assert.Equal(2, (await test.Ledger.AllTime()).Fires);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Workspaces_share_no_ids_names_or_usage()
    {
        await using var test = TestLedger.On(store);
        var fire = Fire();
        await test.Ledger.Append(fire);

        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(fire with { Workspace = "other" })).Status);

        Assert.Equal(1, (await test.Ledger.AllTime()).Fires);
        Assert.Equal(1, (await test.Ledger.AllTime(workspace: "other")).Fires);
        Assert.Equal(1, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Single(await test.Ledger.ReadRecentFires("other", 10));
        Assert.Empty(await test.Ledger.ReadRecentFires("third", 10));
        Assert.Empty(await test.Ledger.ReadNames("third", null, Noon));
    }

    [Fact]
    public async Task A_commit_tells_each_hour_that_moved_as_absolute_values()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Fire(at: Noon), Fire(at: Noon)]);
        test.Commits.Clear();

        await test.Ledger.Append([Fire(at: Noon.AddMinutes(59)), Fire(at: Noon.AddMinutes(60)), Fire("second")]);

        var totals = Assert.Single(test.Commits).Totals.OrderBy(t => t.Event).ThenBy(t => t.Hour).ToArray();
        Assert.Equal(
            [(Export, Noon, 3L, 4L), (Export, Noon.AddHours(1), 1L, 4L), ("second", Noon, 1L, 1L)],
            totals.Select(t => (t.Event, t.Hour, t.InHour.Fires, t.AllTime.Fires)));
        Assert.Equal(Noon.AddMinutes(60), totals[0].LastSeen);
    }

    [Fact]
    public async Task Hours_are_read_by_name_and_for_all_oldest_first()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Fire("b", at: Noon.AddHours(1)), Fire("a", at: Noon), Fire("a", at: Noon.AddHours(2)), Fire("a", at: Noon.AddHours(1))]);

        var all = await test.Ledger.ReadHours(Acme, null, Noon, Noon.AddHours(2));
        var one = await test.Ledger.ReadHours(Acme, "a", Noon.AddHours(1), Noon.AddHours(3));

        Assert.Equal([("a", Noon), ("a", Noon.AddHours(1)), ("b", Noon.AddHours(1))], all.Select(h => (h.Event, h.Hour)));
        Assert.Equal([("a", Noon.AddHours(1)), ("a", Noon.AddHours(2))], one.Select(h => (h.Event, h.Hour)));
        Assert.All(all, h => Assert.Equal(1, h.Counters.Fires));
    }

    [Fact]
    public async Task The_last_day_of_a_name_counts_24_hours_in_whole_hours()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Fire(at: Noon.AddHours(-24)), Fire(at: Noon.AddHours(-23)), Fire(at: Noon), Fire("other", at: Noon.AddHours(-30))]);

        var names = await test.Ledger.ReadNames(Acme, null, Noon.AddMinutes(30));

        Assert.Equal([("other", 1L, 0L), (Export, 3L, 2L)], names.Select(n => (n.Name, n.AllTime.Fires, n.Last24Hours)));
        Assert.Equal(names[1], Assert.Single(await test.Ledger.ReadNames(Acme, Export, Noon.AddMinutes(30))));
        Assert.Equal((Noon.AddHours(-24), Noon), (names[1].FirstSeen, names[1].LastSeen));
    }

    [Fact]
    public async Task Recent_fires_come_newest_first_and_survive_a_restart()
    {
        await using var test = TestLedger.On(store);
        var fires = Enumerable.Range(0, 20).Select(i => Fire($"n{i}", at: Noon.AddSeconds(i))).ToArray();
        await test.Ledger.Append(fires);
        await test.Reopen();

        var recent = await test.Ledger.ReadRecentFires(Acme, 5);

        Assert.Equal(fires.Reverse().Take(5).Select(f => f.Id), recent.Select(f => f.Id));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Ledger.ReadRecentFires(Acme, 1_001));
    }

    [Fact]
    public async Task Test_fires_are_shown_live_and_move_nothing_else()
    {
        await using var test = TestLedger.On(store);

        await test.Ledger.Append([Fire(user: "t:u:ada", test: true), Granted(0, cap: 1, user: "t:u:ada", test: true)]);

        Assert.Equal(2, (await test.Ledger.ReadRecentFires(Acme, 10)).Count(f => f.Test));
        Assert.Empty(await test.Ledger.ReadNames(Acme, null, Noon));
        Assert.Empty(await test.Ledger.ReadHours(Acme, null, Noon.AddDays(-1), Noon.AddDays(1)));
        Assert.Equal(0, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Equal(0, await test.Ledger.ReadCapUse(Acme, Export, Noon));
        var commit = Assert.Single(test.Commits);
        Assert.Empty(commit.Totals);
        Assert.Equal(2, commit.Fires.Length);
        Assert.Empty(await test.Ledger.Verify());
    }
}

public sealed class AppendTestsOnSqlite() : AppendTests(Store.Sqlite);

public sealed class AppendTestsOnPostgres() : AppendTests(Store.Postgres);
