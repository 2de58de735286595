using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Verification finds what was tampered with and nothing else; a repair puts it right and raises the epoch.</summary>
public abstract class VerifyTests(Store store)
{
    [Fact]
    public async Task A_store_that_agrees_is_found_to_agree_whatever_happened_in_it()
    {
        await using var test = TestLedger.On(store);
        await History(test);

        var found = await test.StoreLedger.Verify(progress: null);

        Assert.True(found.Agrees, string.Join('\n', found.WrongSums.Concat(found.WrongRows)));
        Assert.Equal(9, found.Rows);
    }

    [Fact]
    public async Task Every_sum_that_was_tampered_with_is_found_and_mended_and_the_epoch_is_raised()
    {
        await using var test = TestLedger.On(store);
        await History(test);
        var (hours, names) = (await Hours(test), await test.Ledger.ReadNames(Acme, null, Noon));
        await test.Tamper("UPDATE totals SET no_moment = 7 WHERE no_moment = 1");
        await test.Tamper("UPDATE event_names SET first_seen = last_seen + 1, seen = 0, shown = shown + 4");
        await test.Tamper("UPDATE usage SET fires = 99");
        await test.Tamper("DELETE FROM caps");

        var (found, epoch) = await test.StoreLedger.Repair(progress: null);

        string[] expected =
        [
            "acme/first at 2026-11-22T12Z: no_moment is 7, the rows make 1",
            "acme/second at 2026-11-24T12Z: no_moment is 7, the rows make 1",
            "acme/first of all time: shown is 4, the rows make 0",
            "acme/first was fired before its first or after its last time",
            "acme/report_exported of all time: shown is 5, the rows make 1",
            "acme/report_exported of all time: seen is 0, the rows make 1",
            "acme/report_exported was fired before its first or after its last time",
            "acme/second of all time: shown is 4, the rows make 0",
            "acme/second was fired before its first or after its last time",
            "acme usage of 202611 is 99, the rows make 5",
            "acme/report_exported answers are 0, the rows make 1",
            "other/first of all time: shown is 4, the rows make 0",
            "other/first was fired before its first or after its last time",
            "other usage of 202612 is 99, the rows make 2",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.WrongSums.Order(StringComparer.Ordinal));
        Assert.Empty(found.WrongRows);
        Assert.Equal(2, epoch);
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        Assert.Equal(hours, await Hours(test));
        Assert.Equal(names.Select(n => (n.Name, n.AllTime, n.FirstSeen)), (await test.Ledger.ReadNames(Acme, null, Noon)).Select(n => (n.Name, n.AllTime, n.FirstSeen)));
        Assert.Equal((2L, epoch), (await test.Ledger.ReadEpoch(), (await test.StoreLedger.Repair(progress: null)).Epoch));
    }

    [Fact]
    public async Task Rows_of_sums_that_are_missing_are_made_anew()
    {
        await using var test = TestLedger.On(store);
        await History(test);
        var (hours, names) = (await Hours(test), await test.Ledger.ReadNames(Acme, null, Noon));
        foreach (var table in (string[])["totals", "event_names", "usage", "caps"])
        {
            await test.Tamper($"DELETE FROM {table}");
        }

        await test.StoreLedger.Repair(progress: null);

        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        Assert.Equal(hours, await Hours(test));
        Assert.Equal(names, await test.Ledger.ReadNames(Acme, null, Noon));
        Assert.Equal(5, await test.Ledger.ReadUsage(Acme, Noon));
    }

    [Fact]
    public async Task Whoever_hears_of_a_name_after_a_repair_hears_the_mended_values_under_the_higher_epoch()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Fire(), Fire()]);
        await test.Tamper("UPDATE totals SET no_moment = 1000");
        await test.Tamper("UPDATE event_names SET no_moment = 1000");
        await test.Reopen();
        await test.Ledger.Append(Fire());
        var wrong = test.Commits.Last().Totals[0];
        Assert.Equal((1L, 1001L), (wrong.Epoch, wrong.AllTime.Fires));

        await test.StoreLedger.Repair(progress: null);
        await test.Ledger.Append(Fire());

        var told = test.Commits.Last().Totals[0];
        Assert.Equal((2L, 4L, 4L), (told.Epoch, told.AllTime.Fires, told.InHour.Fires));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Rows_that_contradict_one_another_are_found_and_left()
    {
        await using var test = TestLedger.On(store);
        var shown = Granted(0);
        await test.Ledger.Append([shown, Granted(0, user: "u:bob")]);
        await test.Tamper("UPDATE events SET prompt = NULL WHERE user_key = 'u:ada'");
        await test.Tamper("DELETE FROM prompts WHERE user_key = 'u:bob'");

        var (found, epoch) = await test.StoreLedger.Repair(progress: null);

        Assert.Empty(found.WrongSums);
        Assert.Equal(2, found.WrongRows.Count(l => l.EndsWith("and its prompt do not agree", StringComparison.Ordinal)));
        Assert.Contains($"acme/report_exported prompt {shown.Grant!.Prompt.Id} belongs to no event", found.WrongRows);
        Assert.Equal(3, found.WrongRows.Length);
        Assert.Equal(1, epoch);
    }

    [Fact]
    public async Task A_prompt_granted_while_another_of_the_same_user_was_live_is_found()
    {
        await using var test = TestLedger.On(store);
        var second = Granted(1, name: "invoice_paid", at: Noon.AddSeconds(119));
        await test.Ledger.Append([Granted(0), second, Granted(0, user: "u:bob", at: Noon.AddSeconds(60)), Granted(1, user: "u:bob", at: Noon.AddSeconds(180))]);
        await test.Ledger.Append([Granted(0, user: "t:u:ada", test: true), Granted(1, user: "t:u:ada", test: true)]);

        var found = await test.StoreLedger.Verify(progress: null);

        // The ledger itself stores what was decided: to it no sum is wrong.
        Assert.Empty(await test.Ledger.Verify());
        Assert.Equal([$"acme/invoice_paid prompt {second.Grant!.Prompt.Id} was granted while another of the same user was live"], found.WrongRows);
    }

    [Fact]
    public async Task Beside_a_running_writer_there_are_no_false_differences()
    {
        await using var test = TestLedger.On(store);
        await using var reader = test.Another();
        await test.Ledger.Append(Fire());
        reader.OpenForReading();
        using CancellationTokenSource end = new();
        var writers = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; !end.IsCancellationRequested; n++)
            {
                var (user, at) = ($"u:{i}-{n}", Noon.AddMinutes(n));
                var prompt = (await test.Ledger.Append(Granted(0, user: user, at: at))).Prompt!;
                await test.Ledger.Append([Fire($"n{n % 5}", user, at), Fire("late", user, at.AddDays(n % 3))]);
                await test.Ledger.Change(React(prompt, 1, at.AddSeconds(5)));
            }
        })).ToArray();

        var rows = new List<long>();
        while (rows.Count < 10 || rows[^1] < 2_000)
        {
            var found = await reader.Verify(progress: null);
            Assert.True(found.Agrees, string.Join('\n', found.WrongSums.Concat(found.WrongRows)));
            rows.Add(found.Rows);
        }
        await end.CancelAsync();
        await Task.WhenAll(writers);

        Assert.True(rows[^1] > rows[0]);
        Assert.Throws<LedgerUnavailableException>(() => { _ = reader.Append([Fire()]); });
    }

    [Fact]
    public async Task A_store_that_is_missing_or_of_another_version_is_not_read()
    {
        await using var test = TestLedger.On(store);
        await test.Close();
        await test.Tamper(store is Store.Sqlite ? "PRAGMA user_version = 1" : "UPDATE conclude_schema SET version = 1");
        await using (var older = test.Another())
        {
            Assert.Throws<OlderStoreException>(older.OpenForReading);
        }
        await test.Tamper(store is Store.Sqlite ? "PRAGMA user_version = 99" : "UPDATE conclude_schema SET version = 99");
        await using var newer = test.Another();
        Assert.Throws<NewerStoreException>(newer.OpenForReading);
    }

    /// <summary>Two workspaces, several days, one prompt of each fate, and tests.</summary>
    internal static async Task History(TestLedger test)
    {
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(3)));
        await test.Ledger.Change(React((await test.Ledger.FindPrompt(Acme, prompt.Id))!, 2, Noon.AddHours(5)));
        await test.Ledger.Change(Say((await test.Ledger.FindPrompt(Acme, prompt.Id))!, 3, Noon.AddDays(1).AddMinutes(1)));
        await test.Ledger.Append(
        [
            Fire("first"), Fire("first", verdict: Verdict.Bot, at: Noon.AddHours(1)), Fire("first", verdict: Verdict.Bot, at: Noon.AddDays(1)), Fire("second", at: Noon.AddDays(2)),
            Fire("first", verdict: Verdict.Bot, workspace: "other", at: Noon.AddDays(20)), Fire("first", verdict: Verdict.Bot, workspace: "other", at: Noon.AddDays(21)),
        ]);
        await test.Ledger.Append([Fire(test: true, user: "t:u:ada"), Granted(0, user: "t:u:ada", test: true)]);
    }

    private static async Task<IEnumerable<HourTotals>> Hours(TestLedger test) => await test.Ledger.ReadHours(Acme, null, Noon.AddDays(-1), Noon.AddYears(1));
}

public sealed class VerifyTestsOnSqlite() : VerifyTests(Store.Sqlite);

public sealed class VerifyTestsOnPostgres() : VerifyTests(Store.Postgres);
