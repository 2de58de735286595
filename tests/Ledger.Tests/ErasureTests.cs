using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Conclude.Testing;
using Npgsql;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Erasure: nothing of the person is left in the store, no sum moves, and nobody who knew the person can write them back.</summary>
public abstract class ErasureTests(Store store)
{
    private const string Person = "u:lovelace-8b1f";
    private const string Browser = "a:browser-5d2c";
    private const string Secret = "the quarterly figures were wrong";
    private static readonly Person Facts = new("lovelace-8b1f", "lovelace@analytical.example", "Augusta King-Noel", [], ImmutableSortedDictionary<string, string>.Empty, Verified: true);

    [Fact]
    public async Task What_was_counted_stays_and_the_person_is_gone()
    {
        await using var test = await WithPerson();
        var (hours, names) = (await Hours(test), await test.Ledger.ReadNames(Acme, null, Noon));

        var erased = await test.StoreLedger.Erase(Acme, Person);

        Assert.Equal(new EraseResult(2, 4, 2), erased);
        Assert.Equal(hours, await Hours(test));
        Assert.Equal(names, await test.Ledger.ReadNames(Acme, null, Noon));
        Assert.Equal(2, await test.Ledger.ReadCapUse(Acme, Export, Noon.AddDays(1)));
        foreach (var key in (string[])[Person, Browser])
        {
            var history = await test.Ledger.ReadUser(Acme, key);
            Assert.Equal((Ledger.Person.Nobody, null, 0, 0), (history.Person, history.LinkedTo, history.Browsers.Length, history.Prompts.Length));
        }
        var responses = await test.Ledger.ReadResponses(new ResponseQuery(Acme));
        Assert.Equal([null, null], responses.Where(r => r.PromptId != Guid.Empty && r.Person.IsEmpty).Select(r => r.Comment));
        // Somebody else's is untouched.
        Assert.Equal(AdaFacts, (await test.Ledger.ReadUser(Acme, Ada)).Person);
        Assert.Equal("ada", Assert.Single(await test.Ledger.ReadRecentFires(Acme, 100), f => f.User is not null).User);
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM erasures"));
        Assert.Equal(new EraseResult(1, 0, 0), await test.StoreLedger.Erase(Acme, Person));
        Assert.Equal(new EraseResult(0, 0, 0), await test.StoreLedger.Erase("nowhere", Person));
    }

    [Fact]
    public async Task A_session_that_remembers_the_person_can_write_nothing_it_decided_before()
    {
        await using var test = await WithPerson();
        var remembered = await test.Ledger.ReadUser(Acme, Person);
        var unknown = await test.Ledger.ReadUser(Acme, "u:never-seen");
        var open = remembered.Prompts[^1];

        await test.StoreLedger.Erase(Acme, Person);

        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(remembered.Version, user: Person, at: Noon.AddDays(3)))).Status);
        Assert.False(await test.Ledger.Change(Say(open, remembered.Version, Noon.AddMinutes(9)) with { FenceKey = Person }));
        Assert.False(await test.Ledger.Join(new Link(Acme, "a:other", 0, Person, remembered.Version, Verified: true, Noon)));
        Assert.False(await test.Ledger.Describe(Acme, Person, Facts, remembered.Version));
        // Nor may the versions that a new life goes through ever meet those of the old.
        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(0, user: Person, at: Noon.AddDays(3)))).Status);
        Assert.Equal(FireStatus.Conflict, (await test.Ledger.Append(Granted(unknown.Version, user: "u:never-seen", at: Noon.AddDays(3)))).Status);

        var anew = await test.Ledger.ReadUser(Acme, Person);
        Assert.True(anew.Version > remembered.Version + 1_000_000);
        Assert.True(await test.Ledger.Describe(Acme, Person, AdaFacts, anew.Version));
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Granted(anew.Version, user: Person, at: Noon.AddDays(3)))).Status);
        Assert.Equal(anew.Version + 1, (await test.Ledger.ReadUser(Acme, Person)).Version);
        var elsewhere = await test.Ledger.ReadUser("a-new-workspace", Person);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Granted(elsewhere.Version, user: Person, workspace: "a-new-workspace"))).Status);
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Ended_half_way_it_goes_on_at_the_next_opening()
    {
        ManualTime time = new();
        var pause = TimeSpan.FromHours(1);
        await using var test = await WithPerson(
            o =>
            {
                o.UpkeepRows = 1;
                o.UpkeepPause = pause;
            },
            time);
        var erasing = test.StoreLedger.Erase(Acme, Person);
        while (await test.Tamper($"SELECT count(*) FROM prompts WHERE user_key IN ('{Person}', '{Browser}')") is 2L)
        {
            await Task.Delay(10);
        }

        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        pause = TimeSpan.Zero;
        await test.Reopen();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => erasing);

        // Erasures take turns: this one is done after the one before.
        await test.StoreLedger.Erase(Acme, "u:somebody-else");
        foreach (var table in (string[])["events", "prompts", "users"])
        {
            Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM {table} WHERE user_key IN ('{Person}', '{Browser}')"));
        }
        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM erasures"));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task A_fire_that_was_on_its_way_is_erased_too()
    {
        await using var test = await WithPerson();
        var gate = Gate.Close(test);
        var erasing = test.StoreLedger.Erase(Acme, Person);
        var late = test.Ledger.Append([Fire(user: Person, at: Noon) with { UserLabel = Facts.Email }]);
        await gate.Open();
        await late;
        await erasing;

        Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM events WHERE user_key = '{Person}' OR user_label = '{Facts.Email}'"));
    }

    [Fact]
    public async Task What_was_written_by_whoever_remembered_them_until_they_let_go_is_erased_too()
    {
        await using var test = await WithPerson();
        test.OnErasing = async () =>
        {
            await test.Ledger.Describe(Acme, Person, Facts);
            await test.Ledger.Append([Fire(user: Person, at: TimeProvider.System.GetUtcNow()) with { UserLabel = Facts.Email }]);
        };

        var erased = await test.StoreLedger.Erase(Acme, Person);

        Assert.Equal(new EraseResult(2, 5, 2), erased);
        Assert.Equal(Ledger.Person.Nobody, (await test.Ledger.ReadUser(Acme, Person)).Person);
        Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM events WHERE user_key = '{Person}' OR user_label = '{Facts.Email}'"));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Who_asks_together_is_told_of_their_own()
    {
        await using var test = await WithPerson();
        string[] others = [.. Enumerable.Range(0, 20).Select(static n => $"u:other-{n}")];
        foreach (var (other, n) in others.Select(static (other, n) => (other, n)))
        {
            await test.Ledger.Append([.. Enumerable.Range(0, n).Select(_ => Fire(user: other))]);
        }

        var erased = await Task.WhenAll([test.StoreLedger.Erase(Acme, Person), .. others.Select(other => test.StoreLedger.Erase(Acme, other))]);

        Assert.Equal([new EraseResult(2, 4, 2), .. others.Select(static (_, n) => new EraseResult(1, n, 0))], erased);
        Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM events WHERE user_key LIKE 'u:other-%' OR user_key = '{Person}'"));
        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM erasures"));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Who_is_there_again_and_erased_again_while_a_sweep_runs_is_gone_at_the_end()
    {
        await using var test = await WithPerson();
        var gate = Gate.Close(test);
        var first = test.StoreLedger.Erase(Acme, Person);
        await gate.Open();
        await test.Ledger.Append([Fire(user: Person, at: Noon.AddHours(2)), Fire(user: Person, at: Noon.AddHours(3))]);
        var second = test.StoreLedger.Erase(Acme, Person);
        await Task.WhenAll(first, second);

        Assert.Equal(0L, await test.Tamper($"SELECT count(*) FROM events WHERE user_key IN ('{Person}', '{Browser}')"));
        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM erasures"));
    }

    [Fact]
    public async Task No_trace_is_left_in_the_files_or_the_dump()
    {
        await using var test = await WithPerson();
        string[] traces = [Person, Browser, Secret, Facts.Email!, Facts.Name!, "https://app.acme.com/lovelace"];
        Assert.All(traces, trace => Assert.Contains(trace, Bytes(test), StringComparison.Ordinal));

        await test.StoreLedger.Erase(Acme, Person);

        var bytes = Bytes(test);
        Assert.All(traces, trace => Assert.DoesNotContain(trace, bytes, StringComparison.Ordinal));
        Assert.Contains("ada@acme.com", bytes, StringComparison.Ordinal);
        await test.Reopen();
        Assert.All(traces, trace => Assert.DoesNotContain(trace, Bytes(test), StringComparison.Ordinal));
    }

    private async Task<TestLedger> WithPerson(Action<StoreLedgerOptions>? configure = null, TimeProvider? time = null)
    {
        var test = TestLedger.On(store, configure ?? (o => o.UpkeepPause = TimeSpan.Zero), time);
        await test.Ledger.Append([Fire(user: Browser), Granted(0, user: Browser, at: Noon.AddMinutes(-30))]);
        Assert.True(await test.Ledger.Join(new Link(Acme, Browser, 1, Person, 0, Verified: true, Noon)));
        await test.Ledger.Describe(Acme, Person, Facts);
        await test.Ledger.Describe(Acme, Ada, AdaFacts);
        var granted = Granted(1, user: Person);
        var prompt = (await test.Ledger.Append(granted with
        {
            UserLabel = Facts.Email,
            Grant = granted.Grant! with { Person = Facts, Context = new PageContext("https://app.acme.com/lovelace", "en-GB", "desktop") },
        })).Prompt!;
        var other = (await test.Ledger.ReadUser(Acme, Browser)).Prompts[0];
        Assert.True(await test.Ledger.Change(React(other, 2, Noon.AddSeconds(1), fence: Person)));
        var reacted = React(prompt, 3, Noon.AddSeconds(5));
        Assert.True(await test.Ledger.Change(reacted));
        Assert.True(await test.Ledger.Change(Say(reacted.After, 4, Noon.AddSeconds(9), Secret)));
        await test.Ledger.Append([Fire("second", user: Person, at: Noon.AddHours(1)) with { UserLabel = Facts.Email }, Fire()]);
        return test;
    }

    private static async Task<IEnumerable<HourTotals>> Hours(TestLedger test) => await test.Ledger.ReadHours(Acme, null, Noon.AddDays(-1), Noon.AddDays(2));

    /// <summary>The files of the store as they lie on disk, or a dump of the database.</summary>
    private static string Bytes(TestLedger test)
    {
        if (test.ConnectionString is not { } database)
        {
            // The lock file is held, and empty.
            return string.Concat(Directory.GetFiles(test.Folder, "conclude.db*").Select(static f =>
            {
                using var file = File.Open(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using StreamReader reader = new(file, Encoding.Latin1);
                return reader.ReadToEnd();
            }));
        }
        NpgsqlConnectionStringBuilder at = new(database);
        var program = Directory.GetDirectories("/usr/lib/postgresql").Select(static d => Path.Combine(d, "bin", "pg_dump")).First(File.Exists);
        using var dump = Process.Start(new ProcessStartInfo(program, ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, "--inserts", at.Database!]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = dump.StandardOutput.ReadToEnd();
        dump.WaitForExit();
        Assert.Equal(0, dump.ExitCode);
        return text;
    }
}

public sealed class ErasureTestsOnSqlite() : ErasureTests(Store.Sqlite);

public sealed class ErasureTestsOnPostgres() : ErasureTests(Store.Postgres);
