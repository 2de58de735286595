using System.Collections.Immutable;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Users: their facts, their links, and what the rules read of them.</summary>
public abstract class UserTests(Store store)
{
    private const string Browser = "a:browser";

    [Fact]
    public async Task Somebody_unknown_has_an_empty_history()
    {
        await using var test = TestLedger.On(store);
        Assert.Equal(UserHistory.Empty, await test.Ledger.ReadUser("nowhere", Ada));
        await test.Ledger.Append(Fire(user: "u:bob"));
        var history = await test.Ledger.ReadUser(Acme, Ada);
        Assert.Equal((0L, Person.Nobody, null, 0, 0), (history.Version, history.Person, history.LinkedTo, history.Browsers.Length, history.Prompts.Length));
    }

    [Fact]
    public async Task Facts_come_back_as_they_were_told_and_leave_the_version_alone()
    {
        await using var test = TestLedger.On(store);
        var person = new Person(
            "ada", "ada@acme.com", "Ada Lovelace", [new Company("co", "Acme \"GmbH\"", 5000.25m, Noon), new Company("co2", null, null, null)],
            ImmutableSortedDictionary<string, string>.Empty.Add("plan", "pro").Add("größe", "12"), Verified: true);

        await test.Ledger.Describe(Acme, Ada, person);
        await test.Reopen();

        var history = await test.Ledger.ReadUser(Acme, Ada);
        Assert.Equal(person, history.Person);
        Assert.Equal(0, history.Version);
        Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(Granted(0))).Status);
        Assert.Equal(person, (await test.Ledger.ReadUser(Acme, Ada)).Person);
    }

    [Fact]
    public async Task Unverified_facts_never_replace_verified_ones()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Describe(Acme, Ada, AdaFacts with { Name = "first" });
        await test.Ledger.Describe(Acme, Ada, AdaFacts with { Name = "second" });
        Assert.Equal("second", (await test.Ledger.ReadUser(Acme, Ada)).Person.Name);

        await test.Ledger.Describe(Acme, Ada, AdaFacts with { Name = "proved", Verified = true });
        await test.Ledger.Describe(Acme, Ada, AdaFacts with { Name = "claimed" });
        Assert.Equal("proved", (await test.Ledger.ReadUser(Acme, Ada)).Person.Name);

        await test.Ledger.Describe(Acme, Ada, AdaFacts with { Name = "proved again", Verified = true });
        Assert.Equal("proved again", (await test.Ledger.ReadUser(Acme, Ada)).Person.Name);
    }

    [Fact]
    public async Task A_person_remembers_what_their_browsers_saw()
    {
        await using var test = TestLedger.On(store);
        var early = (await test.Ledger.Append(Granted(0, user: Browser, at: Noon.AddHours(-2)))).Prompt!;
        var own = (await test.Ledger.Append(Granted(0, at: Noon.AddHours(-1)))).Prompt!;
        await test.Ledger.Append(Granted(0, user: "a:stranger"));

        Assert.True(await test.Ledger.Join(new Link(Acme, Browser, 1, Ada, 1, Verified: true, Noon)));
        Assert.True(await test.Ledger.Join(new Link(Acme, "a:phone", 0, Ada, 2, Verified: false, Noon.AddSeconds(1))));
        await test.Reopen();

        var person = await test.Ledger.ReadUser(Acme, Ada);
        Assert.Equal(3, person.Version);
        Assert.Null(person.LinkedTo);
        Assert.Equal([new LinkedKey(Browser, true), new LinkedKey("a:phone", false)], person.Browsers);
        Assert.Equal([early, own], person.Prompts);
        var browser = await test.Ledger.ReadUser(Acme, Browser);
        Assert.Equal(new LinkedKey(Ada, true), browser.LinkedTo);
        Assert.Equal(2, browser.Version);
        Assert.Equal([early], browser.Prompts);
        Assert.Null((await test.Ledger.ReadUser("other", Browser)).LinkedTo);
    }

    [Fact]
    public async Task A_browser_is_linked_once_and_for_good()
    {
        await using var test = TestLedger.On(store);
        Assert.True(await test.Ledger.Join(new Link(Acme, Browser, 0, Ada, 0, Verified: true, Noon)));

        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 1, "u:bob", 0, Verified: true, Noon)));
        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 1, Ada, 1, Verified: true, Noon)));
        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 1, Ada, 1, Verified: false, Noon)));

        Assert.Equal(0, (await test.Ledger.ReadUser(Acme, "u:bob")).Version);
        Assert.Equal(new LinkedKey(Ada, true), (await test.Ledger.ReadUser(Acme, Browser)).LinkedTo);
    }

    [Fact]
    public async Task The_same_link_once_proved_becomes_verified()
    {
        await using var test = TestLedger.On(store);
        Assert.True(await test.Ledger.Join(new Link(Acme, Browser, 0, Ada, 0, Verified: false, Noon)));

        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 1, "u:bob", 0, Verified: true, Noon)));
        Assert.True(await test.Ledger.Join(new Link(Acme, Browser, 1, Ada, 1, Verified: true, Noon)));

        Assert.Equal(new LinkedKey(Ada, true), (await test.Ledger.ReadUser(Acme, Browser)).LinkedTo);
        Assert.Equal(2, (await test.Ledger.ReadUser(Acme, Ada)).Version);
    }

    [Fact]
    public async Task A_link_on_a_moved_version_is_refused()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Granted(0), Granted(0, user: Browser)]);

        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 0, Ada, 1, Verified: true, Noon)));
        Assert.False(await test.Ledger.Join(new Link(Acme, Browser, 1, Ada, 0, Verified: true, Noon)));

        Assert.Null((await test.Ledger.ReadUser(Acme, Browser)).LinkedTo);
        Assert.Equal(1, (await test.Ledger.ReadUser(Acme, Ada)).Version);
    }
}

public sealed class UserTestsOnSqlite() : UserTests(Store.Sqlite);

public sealed class UserTestsOnPostgres() : UserTests(Store.Postgres);
