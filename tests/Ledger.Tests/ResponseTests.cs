using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Lists of answers: newest first, filtered, page by page.</summary>
public abstract class ResponseTests(Store store)
{
    [Fact]
    public async Task An_answer_shows_the_person_and_page_of_its_time()
    {
        await using var test = TestLedger.On(store);
        var prompt = await Answer(test, "u:ada", Noon, Reaction.Frustrated, "Es dauerte ÜBERALL zu lang");

        var answer = Assert.Single(await test.Ledger.ReadResponses(new ResponseQuery(Acme)));

        Assert.Equal(
            new Response(prompt, Export, Reaction.Frustrated, "Es dauerte ÜBERALL zu lang", AdaFacts,
                new PageContext("https://app.acme.com/reports", "en-GB", "desktop"), Noon)
            { UserKey = "u:ada" },
            answer);
        Assert.Empty(await test.Ledger.ReadResponses(new ResponseQuery("other")));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gaps_though_times_are_equal()
    {
        await using var test = TestLedger.On(store);
        List<Guid> all = [];
        for (var i = 0; i < 23; i++)
        {
            all.Add(await Answer(test, $"u:{i}", Noon.AddSeconds(i / 5), (Reaction)(1 + i % 3)));
        }

        foreach (var name in (string?[])[null, Export])
        {
            List<Response> read = [];
            while (true)
            {
                var page = await test.Ledger.ReadResponses(new ResponseQuery(
                    Acme, name, Limit: 4, Before: read is [.., var last] ? new ResponseCursor(last.At, last.PromptId) : null));
                read.AddRange(page);
                if (page.Length < 4)
                {
                    break;
                }
            }
            Assert.Equal(all.Order(), read.Select(r => r.PromptId).Order());
            Assert.Equal(read.Select(r => r.At).OrderDescending(), read.Select(r => r.At));
        }
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        await using var test = TestLedger.On(store);
        var slow = await Answer(test, "u:1", Noon, Reaction.Frustrated, "Too SLOW, naïve");
        var fine = await Answer(test, "u:2", Noon.AddHours(1), Reaction.Positive);
        var other = await Answer(test, "u:3", Noon.AddHours(2), Reaction.Neutral, "slow-ish", name: "invoice_paid");

        Assert.Equal([other, fine, slow], await Read(new ResponseQuery(Acme)));
        Assert.Equal([fine, slow], await Read(new ResponseQuery(Acme, Export)));
        Assert.Equal([fine], await Read(new ResponseQuery(Acme, Reaction: Reaction.Positive)));
        Assert.Equal([fine], await Read(new ResponseQuery(Acme, From: Noon.AddHours(1), To: Noon.AddHours(2))));
        Assert.Equal([other, slow], await Read(new ResponseQuery(Acme, Text: "sLoW")));
        Assert.Equal([slow], await Read(new ResponseQuery(Acme, Text: "NAÏVE")));
        Assert.Empty(await Read(new ResponseQuery(Acme, Text: "100%")));
        Assert.Equal([other, slow], await Read(new ResponseQuery(Acme, CommentsOnly: true)));
        Assert.Equal([other], await Read(new ResponseQuery(Acme, CommentsOnly: true, Limit: 1)));
        Assert.Empty(await Read(new ResponseQuery(Acme, "never_fired")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Ledger.ReadResponses(new ResponseQuery(Acme, Limit: 0)));

        async Task<IEnumerable<Guid>> Read(ResponseQuery query) => (await test.Ledger.ReadResponses(query)).Select(r => r.PromptId);
    }

    private static async Task<Guid> Answer(TestLedger test, string user, DateTimeOffset at, Reaction reaction, string? comment = null, string name = Export)
    {
        var prompt = (await test.Ledger.Append(Granted(0, user: user, at: at.AddSeconds(-5), name: name))).Prompt!;
        var reacted = React(prompt, 1, at, reaction);
        Assert.True(await test.Ledger.Change(reacted));
        if (comment is not null)
        {
            Assert.True(await test.Ledger.Change(Say(reacted.After, 2, at.AddSeconds(5), comment)));
        }
        return prompt.Id;
    }
}

public sealed class ResponseTestsOnSqlite() : ResponseTests(Store.Sqlite);

public sealed class ResponseTestsOnPostgres() : ResponseTests(Store.Postgres);
