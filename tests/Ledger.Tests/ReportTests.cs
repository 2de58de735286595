using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Reads for reports: the facts that answers are split by, and who answered last.</summary>
public abstract class ReportTests(Store store)
{
    private static readonly DateTimeOffset Until = Noon.AddDays(1);

    [Fact]
    public async Task Facts_are_those_of_the_range_and_the_name_without_test_answers()
    {
        await using var test = TestLedger.On(store);
        await Answer(test, "u:1", Noon.AddHours(-1).AddMilliseconds(-1), Reaction.Neutral);
        await Answer(test, "u:2", Noon.AddHours(-1), Reaction.Positive);
        await Answer(test, "u:3", Noon, Reaction.Frustrated);
        await Answer(test, "u:4", Noon.AddHours(1), Reaction.Neutral);
        await Answer(test, "u:5", Noon, Reaction.Neutral, name: "invoice_paid");
        await Answer(test, "t:u:6", Noon, Reaction.Neutral, isTest: true);

        var sample = await test.StoreLedger.ReadAnswerFacts(Acme, Export, Noon.AddHours(-1), Noon.AddHours(1), 100);

        Assert.False(sample.IsCut);
        Assert.Equal([Reaction.Frustrated, Reaction.Positive], sample.Answers.Select(a => a.Reaction));
        Assert.All(sample.Answers, a => Assert.Equal((AdaFacts, new PageContext("https://app.acme.com/reports", "en-GB", "desktop")), (a.Person, a.Context)));
        Assert.Empty((await test.StoreLedger.ReadAnswerFacts("other", Export, Noon.AddHours(-1), Until, 100)).Answers);
        Assert.Empty((await test.StoreLedger.ReadAnswerFacts(Acme, "never_fired", Noon.AddHours(-1), Until, 100)).Answers);
    }

    [Fact]
    public async Task The_newest_are_read_and_it_says_when_there_are_more()
    {
        await using var test = TestLedger.On(store);
        for (var i = 0; i < 4; i++)
        {
            await Answer(test, $"u:{i}", Noon.AddMinutes(i), i < 2 ? Reaction.Frustrated : Reaction.Positive);
        }

        var (two, four) = (await Read(2), await Read(4));

        Assert.True(two.IsCut);
        Assert.Equal([Reaction.Positive, Reaction.Positive], two.Answers.Select(a => a.Reaction));
        Assert.False(four.IsCut);
        Assert.Equal(4, four.Answers.Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(0));

        Task<AnswerSample> Read(int limit) => test.StoreLedger.ReadAnswerFacts(Acme, Export, Noon, Until, limit);
    }

    [Fact]
    public async Task Respondents_come_once_each_with_what_they_answered_anywhere()
    {
        await using var test = TestLedger.On(store);
        var first = await Answer(test, Ada, Noon, Reaction.Positive);
        var elsewhere = await Answer(test, Ada, Noon.AddDays(-40), Reaction.Neutral, name: "invoice_paid", version: 2);
        var last = await Answer(test, Ada, Noon.AddHours(2), Reaction.Frustrated, version: 4);
        await Answer(test, "u:bob", Noon.AddHours(1), Reaction.Neutral);
        await Answer(test, "t:u:eve", Noon, Reaction.Neutral, isTest: true);
        await Answer(test, "u:late", Until, Reaction.Neutral);

        var people = await Read(5, 5);

        Assert.Equal([(Ada, Noon.AddHours(2)), ("u:bob", Noon.AddHours(1))], people.Select(p => (p.UserKey, p.At)));
        Assert.Equal(AdaFacts, people[0].Person);
        Assert.Equal(
            [new(last, Export, Reaction.Frustrated, Noon.AddHours(2)), new(first, Export, Reaction.Positive, Noon), new PastReaction(elsewhere, "invoice_paid", Reaction.Neutral, Noon.AddDays(-40))],
            people[0].Reactions);
        Assert.Equal([last], Assert.Single(await Read(1, 1)).Reactions.Select(r => r.PromptId));
        Assert.Empty(await test.StoreLedger.ReadRespondents("other", Export, Noon, Until, 5, 5));

        Task<System.Collections.Immutable.ImmutableArray<Respondent>> Read(int people, int reactions) =>
            test.StoreLedger.ReadRespondents(Acme, Export, Noon, Until, people, reactions);
    }

    [Fact]
    public async Task What_a_browser_answered_is_the_persons_once_they_signed_in()
    {
        await using var test = TestLedger.On(store);
        var anonymous = await Answer(test, "a:browser", Noon, Reaction.Positive);
        Assert.True(await test.Ledger.Join(new Link(Acme, "a:browser", 2, Ada, 0, Verified: false, Noon.AddMinutes(30))));
        var known = await Answer(test, Ada, Noon.AddHours(1), Reaction.Neutral, version: 1);

        var person = Assert.Single(await test.StoreLedger.ReadRespondents(Acme, Export, Noon, Until, 5, 5));

        Assert.Equal(Ada, person.UserKey);
        Assert.Equal([known, anonymous], person.Reactions.Select(r => r.PromptId));
    }

    [Fact]
    public async Task Erased_people_count_but_are_nobody()
    {
        await using var test = TestLedger.On(store);
        await Answer(test, Ada, Noon, Reaction.Positive);
        await Answer(test, "u:bob", Noon, Reaction.Neutral);

        await test.StoreLedger.Erase(Acme, Ada);

        var sample = await test.StoreLedger.ReadAnswerFacts(Acme, Export, Noon, Until, 10);
        Assert.Equal(2, sample.Answers.Length);
        Assert.Equal((Person.Nobody, PageContext.Unknown), sample.Answers.Where(a => a.Reaction is Reaction.Positive).Select(a => (a.Person, a.Context)).Single());
        Assert.Equal(["u:bob"], (await test.StoreLedger.ReadRespondents(Acme, Export, Noon, Until, 5, 5)).Select(p => p.UserKey));
    }

    private static async Task<Guid> Answer(
        TestLedger test, string user, DateTimeOffset at, Reaction reaction, string name = Export, long version = 0, bool isTest = false)
    {
        var prompt = (await test.Ledger.Append(Granted(version, user: user, at: at.AddSeconds(-5), name: name, test: isTest))).Prompt!;
        Assert.True(await test.Ledger.Change(React(prompt, version + 1, at, reaction)));
        return prompt.Id;
    }
}

public sealed class ReportTestsOnSqlite() : ReportTests(Store.Sqlite);

public sealed class ReportTestsOnPostgres() : ReportTests(Store.Postgres);
