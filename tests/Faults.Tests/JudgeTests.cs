using Conclude.Faults.Tests.Hosting;
using Conclude.Testing.Load;

namespace Conclude.Faults.Tests;

/// <summary>The judge sees what is wrong: each kind of harm, done with SQL to a store that it found right.</summary>
public sealed class JudgeTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_store_that_was_tampered_with_is_found_out(string store)
    {
        await using var stage = await Stage.Start(store);
        Journal journal;
        await using (var load = stage.Load())
        {
            journal = load.Journal;
            while (!IsRich(journal))
            {
                await Task.Delay(20);
            }

            await load.Drain();
        }

        Assert.Empty(await stage.Judge(journal));
        if (stage.Store.IsOfOneProcess)
        {
            await stage.Silo.Run();
        }

        const string Copied = "at, received_at, until, workspace, name, verdict, test, user_key, user_label, prompt";
        var newId = store == "sqlite" ? "randomblob(16)" : "gen_random_uuid()";
        (string Sql, string[] Found)[] harms =
        [
            ("DELETE FROM events WHERE id = (SELECT id FROM events WHERE prompt IS NULL LIMIT 1)", ["was acknowledged and is not stored", "the rows make"]),
            ($"INSERT INTO events(id, {Copied}) SELECT {newId}, {Copied} FROM events WHERE prompt IS NULL LIMIT 1", ["is stored and nobody sent it"]),
            ("UPDATE prompts SET comment = 'other words' WHERE id = (SELECT id FROM prompts WHERE comment IS NOT NULL LIMIT 1)", ["the comment of prompt"]),
            ("UPDATE prompts SET reaction = 4 - reaction WHERE id = (SELECT id FROM prompts WHERE reaction = 1 LIMIT 1)", ["the reaction of prompt"]),
            ("UPDATE prompts SET live_until = granted_at + 9000000", ["was granted prompt"]),
            ("UPDATE totals SET shown = shown + 1", ["shown is"]),
            ("UPDATE event_names SET positive = positive + 1", ["positive is"]),
            ("UPDATE usage SET fires = fires + 1", ["usage of"]),
            ("DELETE FROM prompts WHERE id = (SELECT id FROM prompts WHERE dismissed_at IS NOT NULL LIMIT 1)", ["was given and is not stored", "and its prompt do not agree"]),
        ];
        foreach (var (sql, _) in harms)
        {
            await stage.Store.Execute(sql);
        }

        var complaints = await stage.Judge(journal);
        foreach (var found in harms.SelectMany(static h => h.Found))
        {
            Assert.True(complaints.Exists(c => c.Contains(found, StringComparison.Ordinal)), $"Not found: {found}. Found:\n{string.Join('\n', complaints)}");
        }
    }

    [Fact]
    public void Answers_that_no_widget_may_get_are_found_out()
    {
        var journal = new Journal();
        journal.ConnectionsMayFail(100, 200);
        journal.Add(new Answered("events", 1, 2, 200, RetryAfter: false, ""));
        journal.Add(new Answered("events", 1, 2, 503, RetryAfter: true, ""));
        journal.Add(new Answered("events", 150, 250, 0, RetryAfter: false, "reset"));
        Assert.Empty(Testing.Judging.Judge.Answers(journal));

        journal.Add(new Answered("events", 1, 2, 500, RetryAfter: true, ""));
        journal.Add(new Answered("events", 1, 2, 503, RetryAfter: false, ""));
        journal.Add(new Answered("seen", 1, 2, 409, RetryAfter: false, ""));
        journal.Add(new Answered("events", 201, 250, 0, RetryAfter: false, "reset"));
        Assert.Equal(4, Testing.Judging.Judge.Answers(journal).Count());
    }

    [Fact]
    public void A_second_prompt_while_one_is_live_is_found_out_and_so_is_another_answer_to_the_same_event()
    {
        var journal = new Journal();
        var (first, second) = (journal.Add("ada", "a"), journal.Add("ada", "b"));
        journal.Acknowledge(first, "shown");
        var prompt = journal.Offered(first, Guid.NewGuid())!;
        Assert.Null(journal.Offered(first, prompt.Id));
        Assert.Empty(journal.Complaints);

        journal.Offered(second, Guid.NewGuid());
        journal.Acknowledge(first, "cooldown");
        journal.Offered(first, Guid.NewGuid());
        Assert.Equal(4, journal.Complaints.Count);
    }

    // Enough of everything to do harm to.
    private static bool IsRich(Journal journal) =>
        journal.Prompts.Values.Any(static p => p.Step("comment") is { Acknowledged: true })
        && journal.Prompts.Values.Any(static p => p.Step("reaction") is { Acknowledged: true, Value: "positive" })
        && journal.Prompts.Values.Any(static p => p.Step("dismiss") is { Acknowledged: true } && p.Step("reaction") is null)
        && journal.Prompts.Values.GroupBy(static p => p.User).Any(static u => u.Count() > 2);
}
