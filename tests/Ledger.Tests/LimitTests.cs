using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>The plan's limits, checked in the commit: events of a month, names, test fires of a day.</summary>
public abstract class LimitTests(Store store)
{
    private static FireLimits Events(long limit) => new(limit, 0, 0);

    private static FireLimits Names(int names, int anHour = 0) => new(0, names, anHour);

    [Fact]
    public async Task The_fires_that_fit_the_month_are_recorded_in_the_order_given()
    {
        await using var test = TestLedger.On(store);
        var stored = Fire(limits: Events(3));
        await test.Ledger.Append(stored);

        var results = await test.Ledger.Append(
            [Fire(limits: Events(3)), stored, Fire(limits: Events(3)), Fire(limits: Events(3)), stored, Granted(0) with { Limits = Events(3) }]);

        Assert.Equal(
            [FireStatus.Accepted, FireStatus.Duplicate, FireStatus.Accepted, FireStatus.OverQuota, FireStatus.Duplicate, FireStatus.OverQuota],
            results.Select(r => r.Status));
        Assert.Equal(3, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Equal(3, (await test.Ledger.AllTime()).Fires);
        Assert.Equal(0, (await test.Ledger.ReadUser(Acme, Ada)).Version);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task The_quota_starts_anew_with_the_utc_month_of_receipt()
    {
        await using var test = TestLedger.On(store);
        var lastMs = new DateTimeOffset(2026, 11, 30, 23, 59, 59, 999, TimeSpan.Zero);
        var firstMs = lastMs.AddMilliseconds(1);

        // Client times and offsets mean nothing here.
        var results = await test.Ledger.Append(
        [
            Fire(at: lastMs, limits: Events(1)) with { At = firstMs },
            Fire(at: lastMs.ToOffset(TimeSpan.FromHours(5)), limits: Events(1)),
            Fire(at: firstMs, limits: Events(1)) with { At = lastMs },
            Fire(at: firstMs, limits: Events(1)),
            Fire(at: lastMs, limits: Events(1)),
        ]);

        Assert.Equal(
            [FireStatus.Accepted, FireStatus.OverQuota, FireStatus.Accepted, FireStatus.OverQuota, FireStatus.OverQuota], results.Select(r => r.Status));
        Assert.Equal((1L, 1L), (await test.Ledger.ReadUsage(Acme, lastMs), await test.Ledger.ReadUsage(Acme, firstMs)));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Answers_to_prompts_already_shown_count_over_the_quota()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0) with { Limits = Events(1) })).Prompt!;
        Assert.Equal(FireStatus.OverQuota, (await test.Ledger.Append(Fire(limits: Events(1)))).Status);
        Assert.True(await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(4))));
        Assert.Equal(1, (await test.Ledger.AllTime()).Frustrated);
    }

    [Fact]
    public async Task Test_fires_cost_no_quota_but_are_bounded_by_the_day()
    {
        await using var test = TestLedger.On(store, o => o.TestFiresPerDay = 3);
        var fires = Enumerable.Range(0, 4).Select(_ => Fire(test: true, limits: Events(1))).ToArray();

        var results = await test.Ledger.Append(fires);
        Assert.Equal([FireStatus.Accepted, FireStatus.Accepted, FireStatus.Accepted, FireStatus.OverQuota], results.Select(r => r.Status));

        Assert.Equal(FireStatus.Duplicate, (await test.Ledger.Append(fires[0])).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire(limits: Events(1)))).Status);
        Assert.Equal(FireStatus.OverQuota, (await test.Ledger.Append(Fire(test: true, at: Noon.AddHours(12).AddMilliseconds(-1)))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire(test: true, at: Noon.AddHours(12)))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire(test: true, workspace: "other"))).Status);
    }

    [Fact]
    public void A_workspace_may_store_10_000_test_fires_a_day() =>
        Assert.Equal(10_000, new SqliteLedgerOptions { DataDirectory = "." }.TestFiresPerDay);

    [Fact]
    public async Task New_names_past_the_plan_are_refused_and_known_ones_are_not()
    {
        await using var test = TestLedger.On(store);
        var results = await test.Ledger.Append([Named("a"), Named("b"), Named("c"), Named("a"), Named("d"), Named("b")]);

        Assert.Equal(
            [FireStatus.Accepted, FireStatus.Accepted, FireStatus.TooManyNames, FireStatus.Accepted, FireStatus.TooManyNames, FireStatus.Accepted],
            results.Select(r => r.Status));
        await test.Reopen();
        Assert.Equal(FireStatus.TooManyNames, (await test.Ledger.Append(Named("c"))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Named("a"))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Named("c") with { Workspace = "other" })).Status);
        Assert.Equal(["a", "b"], (await test.Ledger.ReadNames(Acme, null, Noon)).Select(n => n.Name));

        static Fire Named(string name) => Fire(name, limits: Names(2));
    }

    [Fact]
    public async Task Moments_and_test_fires_are_exempt_from_the_limits_on_names()
    {
        await using var test = TestLedger.On(store);
        var results = await test.Ledger.Append(
        [
            Fire("m1", isMoment: true, limits: Names(1, 1)), Fire("m2", isMoment: true, limits: Names(1, 1)),
            Fire("a", limits: Names(1, 1)), Fire("b", limits: Names(1, 1)),
            Fire("m3", isMoment: true, limits: Names(1, 1)), Fire("t", test: true, limits: Names(1, 1)),
        ]);

        Assert.Equal([true, true, true, false, true, true], results.Select(r => r.Status is FireStatus.Accepted));
        // Promoted, the one unpromoted name gives its place away.
        await test.Ledger.Append(Fire("a", isMoment: true, limits: Names(1)));
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Fire("b", limits: Names(1)))).Status);
    }

    [Fact]
    public async Task A_full_catalogue_of_names_leaves_prompts_and_reactions_alone()
    {
        await using var test = TestLedger.On(store);
        var early = (await test.Ledger.Append(Granted(0, user: "u:bob") with { Limits = Names(1, 1) })).Prompt!;
        Assert.Equal([true, false], (await test.Ledger.Append([Fire("a", limits: Names(1, 1)), Fire("b", limits: Names(1, 1))])).Select(r => r.Status is FireStatus.Accepted));

        var granted = await test.Ledger.Append(Granted(0) with { Limits = Names(1, 1) });
        Assert.Equal((FireStatus.Accepted, Verdict.Shown), (granted.Status, granted.Verdict));
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Granted(0, name: "another_moment", user: "u:eve") with { Limits = Names(1, 1) })).Status);
        Assert.True(await test.Ledger.Change(React(early, 1, Noon.AddSeconds(9))));
        var reacted = React(granted.Prompt!, 1, Noon.AddSeconds(5));
        Assert.True(await test.Ledger.Change(reacted));
        Assert.True(await test.Ledger.Change(Say(reacted.After, 2, Noon.AddSeconds(8))));

        Assert.Equal((2L, 1L), ((await test.Ledger.AllTime()).Frustrated, (await test.Ledger.AllTime()).Comments));
        Assert.Equal(FireStatus.TooManyNames, (await test.Ledger.Append(Fire("b", limits: Names(1, 1)))).Status);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task New_names_are_bounded_by_the_hour()
    {
        await using var test = TestLedger.On(store);
        var late = Noon.AddMinutes(59);

        Assert.Equal([true, true, false], await Accepted("a", "b", "c"));
        late = Noon.AddMinutes(60);
        Assert.Equal([true, true, true, false], await Accepted("a", "c", "d", "e"));

        async Task<IEnumerable<bool>> Accepted(params string[] names) =>
            (await test.Ledger.Append([.. names.Select(n => Fire(n, at: late, limits: Names(0, 2)))])).Select(r => r.Status is FireStatus.Accepted);
    }

    [Fact]
    public async Task A_name_unseen_for_seven_days_yields_its_place_and_keeps_its_history()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Named("old", Noon), Named("busy", Noon)]);
        Assert.Equal(FireStatus.TooManyNames, (await test.Ledger.Append(Named("new", Noon.AddDays(7)))).Status);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Named("busy", Noon.AddDays(7)))).Status);

        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Named("new", Noon.AddDays(7).AddHours(1)))).Status);
        Assert.Equal(FireStatus.TooManyNames, (await test.Ledger.Append(Named("old", Noon.AddDays(7).AddHours(1)))).Status);

        Assert.Equal(["busy", "new", "old"], (await test.Ledger.ReadNames(Acme, null, Noon)).Select(n => n.Name));
        // When places are free again, it comes back to its own history.
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Named("old", Noon.AddDays(30)))).Status);
        Assert.Equal(2, (await test.Ledger.AllTime("old")).Fires);

        static Fire Named(string name, DateTimeOffset at) => Fire(name, at: at, limits: Names(2));
    }

    [Fact]
    public async Task A_repeated_id_is_a_duplicate_whatever_the_limits_say_of_its_name()
    {
        await using var test = TestLedger.On(store);
        var fire = Fire("a", limits: Names(1));
        await test.Ledger.Append(fire);

        Assert.Equal(FireStatus.Duplicate, (await test.Ledger.Append(fire with { Event = "b" })).Status);
        Assert.Equal(FireStatus.Duplicate, (await test.Ledger.Append(fire with { Event = "c", Limits = FireLimits.None })).Status);
        Assert.Equal(["a"], (await test.Ledger.ReadNames(Acme, null, Noon)).Select(n => n.Name));
    }
}

public sealed class LimitTestsOnSqlite() : LimitTests(Store.Sqlite);

public sealed class LimitTestsOnPostgres() : LimitTests(Store.Postgres);
