using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Grants: asked once, fenced by the user's row, capped in their own transaction.</summary>
public abstract class GrantTests(Store store)
{
    [Fact]
    public async Task A_grant_stores_prompt_and_fire_and_bumps_the_user()
    {
        await using var test = TestLedger.On(store);
        var fire = Granted(0);

        var result = await test.Ledger.Append(fire);

        Assert.Equal(new FireResult(FireStatus.Accepted, Verdict.Shown, null, fire.Grant!.Prompt), result);
        await test.Reopen();
        var user = await test.Ledger.ReadUser(Acme, Ada);
        Assert.Equal(1, user.Version);
        Assert.Equal(fire.Grant.Prompt, Assert.Single(user.Prompts));
        Assert.Equal(fire.Grant.Prompt, await test.Ledger.FindPrompt(Acme, fire.Grant.Prompt.Id));
        Assert.Null(await test.Ledger.FindPrompt("other", fire.Grant.Prompt.Id));
        Assert.Equal(1, (await test.Ledger.AllTime()).Prompted);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Times_are_answered_as_they_are_stored()
    {
        await using var test = TestLedger.On(store);
        var fire = Granted(0, at: Noon.AddTicks(12_345));

        var result = await test.Ledger.Append(fire);

        Assert.Equal(Noon.AddMilliseconds(1), result.Prompt!.GrantedAt);
        Assert.Equal(result.Prompt, await test.Ledger.FindPrompt(Acme, result.Prompt.Id));
        // A step decided on a memory of finer times is still a step on the same row.
        Assert.True(await test.Ledger.Change(Seen(fire.Grant!.Prompt, 1, Noon.AddSeconds(3))));
    }

    [Fact]
    public async Task A_stale_version_stores_nothing()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append(Granted(0));

        var stale = Granted(0, at: Noon.AddMinutes(1));
        var result = await test.Ledger.Append(stale);

        Assert.Equal(FireStatus.Conflict, result.Status);
        Assert.Null(result.Prompt);
        Assert.Null(await test.Ledger.FindPrompt(Acme, stale.Grant!.Prompt.Id));
        Assert.Equal(1, (await test.Ledger.AllTime()).Fires);
        Assert.Equal(1, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(7, user: "u:new"))).Status);
        // The same event, decided again, is a new event still.
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(stale with { Verdict = Verdict.LeaseHeld, Grant = null })).Status);
    }

    [Fact]
    public async Task One_batch_grants_a_user_once()
    {
        await using var test = TestLedger.On(store);

        var results = await test.Ledger.Append([Granted(0), Granted(0, name: "invoice_paid"), Granted(1, name: "third")]);

        // The third names the version after the first: it was decided on it.
        Assert.Equal([FireStatus.Accepted, FireStatus.Conflict, FireStatus.Accepted], results.Select(r => r.Status));
    }

    [Fact]
    public async Task Sixty_concurrent_grants_of_one_user_on_one_version_give_one_prompt()
    {
        await using var test = TestLedger.On(store);

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => test.Ledger.Append(Granted(0, name: $"moment_{i % 3}")))));

        Assert.Equal(1, results.Count(r => r.Status is FireStatus.Accepted));
        Assert.Equal(59, results.Count(r => r.Status is FireStatus.Conflict));
        Assert.Single((await test.Ledger.ReadUser(Acme, Ada)).Prompts);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Fifty_concurrent_grants_under_a_cap_of_ten_give_ten()
    {
        await using var test = TestLedger.On(store);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => test.Ledger.Append(Granted(0, cap: 10, user: $"u:{i}")))));

        Assert.All(results, r => Assert.Equal(FireStatus.Accepted, r.Status));
        Assert.Equal(10, results.Count(r => r is { Verdict: Verdict.Shown, Prompt: not null }));
        Assert.Equal(40, results.Count(r => r is { Verdict: Verdict.ResponseCap, Prompt: null }));
        Assert.Equal(10, await test.Ledger.ReadCapUse(Acme, Export, Noon));
        var total = await test.Ledger.AllTime();
        Assert.Equal((50L, 10L, 40L), (total.Fires, total.Prompted, total.Verdicts[(int)Verdict.ResponseCap]));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_grant_over_its_cap_leaves_the_user_as_they_were()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append(Granted(0, cap: 1));
        var refused = Granted(0, cap: 1, user: "u:bob");

        await test.Ledger.Append(refused);

        Assert.Equal(0, (await test.Ledger.ReadUser(Acme, "u:bob")).Version);
        Assert.Empty((await test.Ledger.ReadUser(Acme, "u:bob")).Prompts);
        Assert.Equal(new FireResult(FireStatus.Duplicate, Verdict.ResponseCap, null, null), await test.Ledger.Append(refused));
    }

    [Fact]
    public async Task A_cap_counts_answers_for_ever_and_open_prompts_while_they_live()
    {
        await using var test = TestLedger.On(store);
        var first = (await test.Ledger.Append(Granted(0, cap: 2))).Prompt!;
        await test.Ledger.Append(Granted(0, cap: 2, user: "u:bob"));
        await test.Ledger.Change(React(first, 1, Noon.AddSeconds(5)));

        // An answered prompt that waits for its comment is one use, not two.
        Assert.Equal(2, await test.Ledger.ReadCapUse(Acme, Export, Noon.AddSeconds(10)));
        Assert.Equal(1, await test.Ledger.ReadCapUse(Acme, Export, Noon.AddSeconds(120)));
        Assert.Equal(Verdict.ResponseCap, (await test.Ledger.Append(Granted(0, cap: 2, user: "u:eve", at: Noon.AddSeconds(119)))).Verdict);
        Assert.Equal(Verdict.Shown, (await test.Ledger.Append(Granted(0, cap: 2, user: "u:eve", at: Noon.AddSeconds(120)))).Verdict);
        Assert.Equal(1, await test.Ledger.ReadCapUse(Acme, Export, Noon.AddYears(1)));
    }

    [Fact]
    public async Task Test_prompts_obey_a_cap_but_use_none_of_it()
    {
        await using var test = TestLedger.On(store);
        Assert.Equal(Verdict.Shown, (await test.Ledger.Append(Granted(0, cap: 1, user: "t:u:ada", test: true))).Verdict);
        Assert.Equal(Verdict.Shown, (await test.Ledger.Append(Granted(0, cap: 1))).Verdict);
        Assert.Equal(Verdict.ResponseCap, (await test.Ledger.Append(Granted(1, cap: 1, user: "t:u:ada", test: true))).Verdict);
    }

    [Fact]
    public async Task A_repeated_grant_answers_with_the_prompt_as_it_stands_now()
    {
        await using var test = TestLedger.On(store);
        var fire = Granted(0);
        var prompt = (await test.Ledger.Append(fire)).Prompt!;
        var seen = Seen(prompt, 1, Noon.AddSeconds(3));
        await test.Ledger.Change(seen);

        var again = await test.Ledger.Append(fire with { Verdict = Verdict.LeaseHeld, Grant = null });
        var regranted = await test.Ledger.Append(Granted(2) with { Id = fire.Id });

        Assert.Equal(new FireResult(FireStatus.Duplicate, Verdict.Shown, null, seen.After), again);
        Assert.Equal(again, regranted);
        Assert.Equal(1, (await test.Ledger.AllTime()).Prompted);
    }

    [Fact]
    public async Task A_fire_that_asks_without_a_grant_is_a_bug_of_the_caller()
    {
        await using var test = TestLedger.On(store);
        await Assert.ThrowsAsync<ArgumentException>(() => test.Ledger.Append(Fire(verdict: Verdict.Shown)));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Ledger.Append(Granted(0) with { Verdict = Verdict.Cooldown }));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Ledger.Append(Granted(0) with { Event = "another" }));
    }
}

public sealed class GrantTestsOnSqlite() : GrantTests(Store.Sqlite);

public sealed class GrantTestsOnPostgres() : GrantTests(Store.Postgres);
