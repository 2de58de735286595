using Conclude.Ledger.Adoption;
using Conclude.Ledger.Postgres;
using Conclude.Testing;
using Npgsql;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>An installation moves into an empty PostgreSQL database with all it has, whatever ends the copying on the way.</summary>
public abstract class AdoptionTests(Store store)
{
    [Fact]
    public async Task All_that_was_stored_is_there_and_life_goes_on_from_it()
    {
        await using var test = await Installation();
        var before = await Everything(test.Ledger);
        var epoch = (long)(await test.Tamper("SELECT value FROM meta WHERE key = 'epoch'"))!;
        await test.Close();
        var target = PostgresServer.Get().NewDatabase();

        var told = new List<AdoptionProgress>();
        Adopt(test, target, told);

        Assert.Equal(told[^1].OfRows, told[^1].Rows);
        await using var adopted = TestLedger.OnPostgres(target);
        Assert.Equal(before, await Everything(adopted.Ledger));
        Assert.True((await adopted.StoreLedger.Verify(progress: null)).Agrees);
        Assert.Equal(epoch + 1, await adopted.Tamper("SELECT value FROM meta WHERE key = 'epoch'"));
        // New rows get numbers of their own, and old versions still fence.
        var ada = await adopted.Ledger.ReadUser(Acme, Ada);
        Assert.Equal(FireStatus.Conflict, (await adopted.Ledger.Append(Granted(ada.Version - 1, at: Noon.AddDays(2)))).Status);
        Assert.Equal(FireStatus.Accepted, (await adopted.Ledger.Append(Granted(ada.Version, at: Noon.AddDays(2)))).Status);
        await adopted.Ledger.Append([Fire("never-heard-of"), Fire(workspace: "a-new-workspace")]);
        Assert.True((await adopted.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task Ended_at_any_page_it_goes_on_there()
    {
        await using var test = await Installation();
        var before = await Everything(test.Ledger);
        await test.Close();
        var target = PostgresServer.Get().NewDatabase();
        for (var pages = 1; ; pages += 3)
        {
            using CancellationTokenSource killed = new();
            var left = pages;
            try
            {
                Adopt(test, target, new Hook(_ => { if (--left == 0) { killed.Cancel(); } }), killed.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                await using var unfinished = TestLedger.CreatePostgres(target);
                Assert.Throws<AdoptionUnfinishedException>(unfinished.Open);
            }
        }

        await using var adopted = TestLedger.OnPostgres(target);
        Assert.Equal(before, await Everything(adopted.Ledger));
        Assert.True((await adopted.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_in_words()
    {
        await using var test = await Installation();
        var target = PostgresServer.Get().NewDatabase();
        Assert.ThrowsAny<StoreInUseException>(() => Adopt(test, target, []));

        await test.Close();
        using (CancellationTokenSource killed = new())
        {
            Assert.Throws<OperationCanceledException>(() => Adopt(test, target, new Hook(_ => killed.Cancel()), killed.Token));
        }
        await test.Reopen();
        await test.Ledger.Append([Fire()]);
        await test.Close();
        Assert.Contains("worked on since", Assert.Throws<AdoptionRefusedException>(() => Adopt(test, target, [])).Message, StringComparison.Ordinal);

        var full = PostgresServer.Get().NewDatabase();
        await using (var other = TestLedger.OnPostgres(full))
        {
            await other.Ledger.Append([Fire()]);
            Assert.ThrowsAny<StoreInUseException>(() => Adopt(test, full, []));
        }
        Assert.Contains("empty", Assert.Throws<AdoptionRefusedException>(() => Adopt(test, full, [])).Message, StringComparison.Ordinal);
    }

    /// <summary>What a later migration adds must be adopted too.</summary>
    [Fact]
    public async Task Every_table_of_the_ledger_is_known()
    {
        await using var test = await Installation();
        var tables = (string)(await test.Tamper(store == Store.Sqlite
            ? "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)"
            : "SELECT string_agg(table_name, ',' ORDER BY table_name) FROM information_schema.tables WHERE table_schema = 'public'"))!;
        string[] own = store == Store.Sqlite ? ["meta", "probe"] : ["meta", "conclude_schema"];
        Assert.Equal(AdoptedTable.All.Select(static t => t.Name).Concat(own).Order(StringComparer.Ordinal), tables.Split(',').Order(StringComparer.Ordinal));
    }

    private static void Adopt(TestLedger test, string target, List<AdoptionProgress> told) => Adopt(test, target, new Hook(told.Add), CancellationToken.None);

    private static void Adopt(TestLedger test, string target, Hook hook, CancellationToken killed)
    {
        PostgresLedgerOptions options = new() { ConnectionString = target };
        using var adoption = test.ConnectionString is { } database ? LedgerAdoption.OfDatabase(database, options) : LedgerAdoption.OfDirectory(test.Folder, options);
        Assert.False(adoption.IsInPlace);
        adoption.PageRows = 20;
        adoption.Copy(hook, killed);
        adoption.Release();
    }

    private async Task<TestLedger> Installation()
    {
        var test = TestLedger.On(store);
        await test.Ledger.Append([.. Enumerable.Range(0, 250).Select(static i => Fire($"name-{i % 7}", user: $"a:browser-{i % 40}", at: Noon.AddMinutes(i)))]);
        await test.Ledger.Append([Fire(workspace: "other"), Fire(workspace: "other", name: "second")]);
        await test.Ledger.Describe(Acme, Ada, AdaFacts);
        Assert.True(await test.Ledger.Join(new Link(Acme, "a:browser-1", 0, Ada, 0, Verified: true, Noon)));
        for (var i = 0; i < 5; i++)
        {
            var version = (await test.Ledger.ReadUser(Acme, Ada)).Version;
            var prompt = (await test.Ledger.Append(Granted(version, at: Noon.AddDays(1).AddHours(i)))).Prompt!;
            var reacted = React(prompt, version + 1, Noon.AddDays(1).AddHours(i).AddSeconds(5));
            Assert.True(await test.Ledger.Change(reacted));
            Assert.True(await test.Ledger.Change(Say(reacted.After, version + 2, Noon.AddDays(1).AddHours(i).AddSeconds(9), $"Ça marche \u0001 \U0001F600 {i}")));
        }
        return test;
    }

    private static async Task<string> Everything(ILedger ledger)
    {
        var parts = new List<string>();
        foreach (var workspace in (string[])[Acme, "other"])
        {
            parts.AddRange((await ledger.ReadNames(workspace, null, Noon.AddDays(3))).Select(static n => $"{n}"));
            parts.AddRange((await ledger.ReadHours(workspace, null, Noon.AddDays(-1), Noon.AddDays(3))).Select(static h => $"{h}"));
            parts.AddRange((await ledger.ReadRecentFires(workspace, 1000)).Select(static f => $"{f}"));
            parts.AddRange((await ledger.ReadResponses(new ResponseQuery(workspace))).Select(static r => $"{r with { Person = Person.Nobody }} {r.Person.Email}"));
        }
        foreach (var user in (string[])[Ada, "a:browser-1", "a:browser-2"])
        {
            var history = await ledger.ReadUser(Acme, user);
            parts.Add($"{history.Version} {history.Person.Email} {history.LinkedTo} {string.Join(' ', history.Browsers)} {string.Join(' ', history.Prompts)}");
        }
        return string.Join('\n', parts);
    }

    private sealed class Hook(Action<AdoptionProgress> report) : IProgress<AdoptionProgress>
    {
        public void Report(AdoptionProgress value) => report(value);
    }
}

public sealed class AdoptionTestsOfSqlite() : AdoptionTests(Store.Sqlite);

public sealed class AdoptionTestsOfPostgres() : AdoptionTests(Store.Postgres)
{
    [Fact]
    public async Task The_same_database_under_another_name_stays_where_it_is()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using (var test = TestLedger.OnPostgres(database))
        {
            await test.Ledger.Append([Fire()]);
        }
        var renamed = new NpgsqlConnectionStringBuilder(database) { Host = "localhost", ApplicationName = "other" }.ConnectionString;
        using var adoption = LedgerAdoption.OfDatabase(renamed, new PostgresLedgerOptions { ConnectionString = database });
        Assert.True(adoption.IsInPlace);
    }
}
