using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Searches that no index answers: what they find, that pages of them are whole, and that they end in time.</summary>
public abstract class SearchTests(Store store)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Company_page_and_text_are_matched_as_they_stand_whatever_the_letter_case()
    {
        await using var test = TestLedger.On(store);
        var zoe = await Answer(test, "u:1", 1, "Zoë", "zoe@acme.com", "user_1", ("co_1", "Åkerlund & Söner"), "https://app.acme.com/reports/7?tab=2#top", "100% slow_down");
        var bob = await Answer(test, "u:2", 2, "Bob", "bob@globex.com", "user%2", ("co_10", "Acme Labs"), "https://other.acme.com/reports", "1000 rows, slow down");
        var eve = await Answer(test, "u:3", 3, "Eve", null, "USER_3", ("Acme", null), "https://app.acme.com", null);
        var nobody = await Answer(test, "a:4", 4, null, null, null, null, null, "C:\\temp [x]");

        // Nothing that a person types stands for anything else.
        Assert.Equal([zoe], await Find(new(Acme, Text: "100%")));
        Assert.Equal([zoe], await Find(new(Acme, Text: "slow_down")));
        Assert.Equal([nobody], await Find(new(Acme, Text: "\\TEMP [X]")));
        Assert.Equal([bob], await Find(new(Acme, Text: "user%")));
        Assert.Empty(await Find(new(Acme, Text: "u%r")));

        // Comment, name, address and external id, and letter case beyond that of ASCII.
        Assert.Equal([zoe], await Find(new(Acme, Text: "ZOË")));
        Assert.Equal([bob], await Find(new(Acme, Text: "@GLOBEX")));
        Assert.Equal([eve, zoe], await Find(new(Acme, Text: "user_")));
        Assert.Equal([eve], await Find(new(Acme, Text: "eve")));

        // The whole name or id of a company.
        Assert.Equal([zoe], await Find(new(Acme, Company: "åkerlund & SÖNER")));
        Assert.Equal([zoe], await Find(new(Acme, Company: "CO_1")));
        Assert.Equal([eve], await Find(new(Acme, Company: "acme")));
        Assert.Empty(await Find(new(Acme, Company: "co")));

        // The beginning of host and path, or of the path alone; never what follows it.
        Assert.Equal([eve, zoe], await Find(new(Acme, Page: "app.acme.com")));
        Assert.Equal([zoe], await Find(new(Acme, Page: "https://App.acme.com/REPORTS?x=1")));
        Assert.Equal([bob, zoe], await Find(new(Acme, Page: "/reports")));
        Assert.Equal([eve, bob, zoe], await Find(new(Acme, Page: "/")));
        Assert.Equal([eve, zoe], await Find(new(Acme, Page: "app.acme.com/")));
        Assert.Empty(await Find(new(Acme, Page: "tab=2")));
        Assert.Empty(await Find(new(Acme, Page: "%.acme.com")));

        // Together, and counted alike.
        Assert.Equal([zoe], await Find(new(Acme, Export, Reaction.Frustrated, Noon, Noon.AddHours(9), "slow", CommentsOnly: true, Company: "co_1", Page: "app.acme.com/rep")));
        Assert.Empty(await Find(new("other", Text: "slow")));
        Assert.Empty(await Find(new("other", Company: "acme")));

        async Task<IEnumerable<Guid>> Find(ResponseQuery query)
        {
            var page = await test.StoreLedger.SearchResponses(query, Long, None);
            Assert.Equal((null, false), (page.Next, page.IsPartial));
            Assert.Equal(new ResponseCount(page.Items.Length, IsAll: true), await test.StoreLedger.CountResponses(query, 1_000, Long, None));
            Assert.Equal(page.Items.Length > 1 ? new ResponseCount(1, IsAll: false) : new(page.Items.Length, IsAll: true), await test.StoreLedger.CountResponses(query, 1, Long, None));
            return page.Items.Select(static r => r.PromptId);
        }
    }

    [Fact]
    public async Task Pages_lose_and_repeat_nothing_while_answers_arrive()
    {
        await using var test = TestLedger.On(store);
        List<Guid> before = [];
        for (var i = 0; i < 30; i++)
        {
            before.Add(await Answer(test, $"u:{i}", i / 4, "Ada", null, null, ("co", "Acme"), "https://a.example/x", "slow"));
        }

        List<Guid> read = [];
        ResponseCursor? next = null;
        do
        {
            var page = await test.StoreLedger.SearchResponses(new(Acme, Limit: 4, Before: next, Company: "acme"), Long, None);
            read.AddRange(page.Items.Select(static r => r.PromptId));
            next = page.Next;
            // Newer than everything, and at the very instant where the page ended.
            await Answer(test, $"u:new{read.Count}", 100, "Ada", null, null, ("co", "Acme"), null, "slow");
            await Answer(test, $"u:same{read.Count}", (int)(page.Items[^1].At - Noon).TotalMinutes, "Ada", null, null, ("other", "Other"), null, "slow");
        }
        while (next is not null);

        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Equal(before.Order(), read.Where(before.Contains).Order());
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_in_time_how_far_it_looked_and_goes_on_from_there()
    {
        await using var test = TestLedger.On(store, time: new HastyTime());
        await test.Ledger.Append([.. Enumerable.Range(0, 450).Select(static i => Granted(0, user: $"u:{i}", at: Noon.AddSeconds(i)))]);
        foreach (var i in Enumerable.Range(0, 450))
        {
            var prompt = (await test.Ledger.ReadUser(Acme, $"u:{i}")).Prompts[0];
            Assert.True(await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(i))));
        }

        List<int> looked = [];
        ResponseCursor? next = null;
        do
        {
            var page = await test.StoreLedger.SearchResponses(new(Acme, Before: next, Text: "nowhere"), TimeSpan.FromSeconds(1), None);
            Assert.Empty(page.Items);
            Assert.Equal(page.Next is not null, page.IsPartial);
            next = page.Next;
            looked.Add(next is null ? 0 : (int)(next.At - Noon).TotalSeconds);
        }
        while (next is not null);
        Assert.Equal([250, 50, 0], looked);
        Assert.Equal(new ResponseCount(0, IsAll: false), await test.StoreLedger.CountResponses(new(Acme, Text: "nowhere"), 10, TimeSpan.FromSeconds(1), None));
        Assert.Equal(450, (await Whole(test, new(Acme, Limit: 200))).Count);
    }

    [Fact]
    public async Task Events_of_a_person_come_newest_first_page_by_page_and_are_nobody_elses()
    {
        await using var test = TestLedger.On(store);
        List<Guid> adas = [];
        for (var i = 0; i < 12; i++)
        {
            var fire = Fire(user: i % 3 == 0 ? "a:browser" : Ada, at: Noon.AddSeconds(i / 3), verdict: Verdict.Cooldown);
            await test.Ledger.Append([fire with { Until = Noon.AddHours(1) }, Fire(user: "u:bob", at: Noon.AddSeconds(i / 3)), Fire(user: Ada, workspace: "other", at: Noon)]);
            adas.Add(fire.Id);
        }

        List<PersonEvent> read = [];
        PersonEventCursor? before = null;
        do
        {
            var page = await test.StoreLedger.SearchEvents(Acme, [Ada, "a:browser"], before, 5, Long, None);
            read.AddRange(page.Items);
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(adas.Order(), read.Select(static e => e.Id).Order());
        Assert.Equal(read.OrderByDescending(static e => e.ReceivedAt).ThenByDescending(static e => e.Id.ToString(), StringComparer.Ordinal), read);
        Assert.All(read, static e => Assert.Equal((Export, Verdict.Cooldown, Noon.AddHours(1)), (e.Event, e.Verdict, e.Until)));
        Assert.Empty((await test.StoreLedger.SearchEvents("nowhere", [Ada], null, 5, Long, None)).Items);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.StoreLedger.SearchEvents(Acme, [Ada], null, 0, Long, None));
    }

    [Fact]
    public async Task Users_are_found_by_their_whole_address_in_their_own_workspace()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([Fire(), Fire(workspace: "other")]);
        Assert.True(await test.Ledger.Describe(Acme, "u:1", Person.Nobody with { Email = "Zoë+News@acme.com" }));
        Assert.True(await test.Ledger.Describe(Acme, "u:2", Person.Nobody with { Name = "Zoë+News@acme.com", Email = "bob@acme.com" }));
        Assert.True(await test.Ledger.Describe(Acme, "u:3", Person.Nobody with { Email = "bob@acme.com" }));
        Assert.True(await test.Ledger.Describe("other", "u:4", Person.Nobody with { Email = "bob@acme.com" }));

        Assert.Equal(["u:1"], await Find("zoë+news@ACME.com"));
        Assert.Equal(["u:1"], await Find("ZOË+NEWS@acme.com"));
        Assert.Equal(["u:2", "u:3"], await Find("bob@acme.com"));
        Assert.Empty(await Find("acme.com"));
        Assert.Empty(await Find("%"));

        async Task<IEnumerable<string>> Find(string email)
        {
            var found = await test.StoreLedger.SearchUsers(Acme, email, null, Long, None);
            Assert.Null(found.Next);
            return found.UserKeys;
        }
    }

    private static async Task<List<Guid>> Whole(TestLedger test, ResponseQuery query)
    {
        List<Guid> read = [];
        ResponsePage page;
        do
        {
            page = await test.StoreLedger.SearchResponses(query, Long, None);
            read.AddRange(page.Items.Select(static r => r.PromptId));
            query = query with { Before = page.Next };
        }
        while (page.Next is not null);
        return read;
    }

    private static async Task<Guid> Answer(
        TestLedger test, string user, int minute, string? name, string? email, string? id, (string Id, string? Name)? company, string? url, string? comment)
    {
        var at = Noon.AddMinutes(minute);
        var fire = Granted(0, user: user, at: at.AddSeconds(-5));
        var person = Person.Nobody with { Name = name, Email = email, ExternalId = id, Companies = company is { } co ? [new Company(co.Id, co.Name, null, null)] : [] };
        var prompt = (await test.Ledger.Append(fire with { Grant = fire.Grant! with { Person = person, Context = new PageContext(url, null, null) } })).Prompt!;
        var reacted = React(prompt, 1, at);
        Assert.True(await test.Ledger.Change(reacted));
        if (comment is not null)
        {
            Assert.True(await test.Ledger.Change(Say(reacted.After, 2, at.AddSeconds(5), comment)));
        }
        return prompt.Id;
    }

    /// <summary>Each look at the clock finds a minute gone.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimestampFrequency * 60);
    }
}

public sealed class SearchTestsOnSqlite() : SearchTests(Store.Sqlite);

public sealed class SearchTestsOnPostgres() : SearchTests(Store.Postgres);
