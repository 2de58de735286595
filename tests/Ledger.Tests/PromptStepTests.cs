using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>The steps of a prompt: fenced, counted once, each in the hour of its own time.</summary>
public abstract class PromptStepTests(Store store)
{
    [Fact]
    public async Task Each_step_counts_in_its_own_hour()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;

        foreach (var step in Steps())
        {
            Assert.True(await test.Ledger.Change(step));
        }

        var hours = await test.Ledger.ReadHours(Acme, Export, Noon, Noon.AddDays(1));
        Assert.Equal(
            [(0, 1L, 0L, 0L, 0L, 0L), (1, 0L, 1L, 0L, 0L, 0L), (2, 0L, 0L, 1L, 0L, 0L), (3, 0L, 0L, 0L, 1L, 0L), (4, 0L, 0L, 0L, 0L, 1L)],
            hours.Select(h => ((int)(h.Hour - Noon).TotalHours, h.Counters.Prompted, h.Counters.Seen, h.Counters.Frustrated, h.Counters.Comments, h.Counters.Dismissed)));
        Assert.Equal(5, (await test.Ledger.ReadUser(Acme, Ada)).Version);
        Assert.Equal(prompt, await test.Ledger.FindPrompt(Acme, prompt.Id));
        Assert.Empty(await test.Ledger.Verify());

        IEnumerable<PromptChange> Steps()
        {
            yield return Follow(Seen(prompt, 1, Noon.AddHours(1)));
            yield return Follow(React(prompt, 2, Noon.AddHours(2)));
            yield return Follow(Say(prompt, 3, Noon.AddHours(3)));
            yield return Follow(Dismiss(prompt, 4, Noon.AddHours(4)));
        }

        PromptChange Follow(PromptChange change)
        {
            prompt = change.After;
            return change;
        }
    }

    [Theory]
    [InlineData(Reaction.Positive)]
    [InlineData(Reaction.Neutral)]
    [InlineData(Reaction.Frustrated)]
    public async Task A_reaction_counts_as_what_it_is_and_as_seen(Reaction reaction)
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;

        await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(5), reaction));

        var total = await test.Ledger.AllTime();
        Assert.Equal((1L, 1L), (total.Seen, total.Reactions));
        Assert.Equal((reaction is Reaction.Positive ? 1L : 0, reaction is Reaction.Neutral ? 1L : 0, reaction is Reaction.Frustrated ? 1L : 0),
            (total.Positive, total.Neutral, total.Frustrated));
    }

    [Fact]
    public async Task A_step_on_a_moved_version_stores_nothing()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;

        Assert.False(await test.Ledger.Change(Seen(prompt, 0, Noon.AddSeconds(3))));
        Assert.False(await test.Ledger.Change(Seen(prompt, 2, Noon.AddSeconds(3))));
        Assert.True(await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(3))));
        Assert.False(await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(3))));

        Assert.Equal(1, (await test.Ledger.AllTime()).Seen);
    }

    [Fact]
    public async Task A_step_decided_on_another_row_stores_nothing()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(3)));

        Assert.False(await test.Ledger.Change(React(prompt, 2, Noon.AddSeconds(5))));
        Assert.False(await test.Ledger.Change(Seen(prompt with { Id = Guid.NewGuid() }, 2, Noon.AddSeconds(5))));
        Assert.False(await test.Ledger.Change(Seen(prompt, 2, Noon.AddSeconds(5)) with { Workspace = "other" }));

        Assert.Equal(0, (await test.Ledger.AllTime()).Reactions);
        Assert.Equal(2, (await test.Ledger.ReadUser(Acme, Ada)).Version);
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task Sixty_concurrent_steps_on_one_version_give_one()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;

        var stored = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            Task.Run(() => test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(5), (Reaction)(1 + i % 3))))));

        Assert.Equal(1, stored.Count(s => s));
        Assert.Equal(1, (await test.Ledger.AllTime()).Reactions);
        Assert.Equal(1, await test.Ledger.ReadCapUse(Acme, Export, Noon.AddDays(1)));
    }

    [Fact]
    public async Task A_browsers_prompt_is_fenced_by_the_person_it_was_linked_to()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0, user: "a:browser"))).Prompt!;
        Assert.True(await test.Ledger.Join(new Link(Acme, "a:browser", 1, Ada, 0, Verified: true, Noon.AddSeconds(1))));

        Assert.False(await test.Ledger.Change(Seen(prompt, 2, Noon.AddSeconds(3), fence: Ada)));
        Assert.True(await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(3), fence: Ada)));

        Assert.Equal(2, (await test.Ledger.ReadUser(Acme, Ada)).Version);
        Assert.Equal(2, (await test.Ledger.ReadUser(Acme, "a:browser")).Version);
    }

    [Fact]
    public async Task Only_a_new_reaction_or_comment_is_published_as_an_answer()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        var seen = Seen(prompt, 1, Noon.AddSeconds(3));
        var reacted = React(seen.After, 2, Noon.AddSeconds(5));
        var said = Say(reacted.After, 3, Noon.AddSeconds(9));
        foreach (var step in (PromptChange[])[seen, reacted, said, Dismiss(said.After, 4, Noon.AddSeconds(10))])
        {
            Assert.True(await test.Ledger.Change(step));
        }

        Assert.Equal([reacted.After, said.After], test.Commits.SelectMany(c => c.Answers));
        Assert.Equal(5, test.Commits.SelectMany(c => c.Totals).Count());
        Assert.All(test.Commits.Skip(1), c => Assert.Equal((Noon, Noon), (c.Totals[0].FirstSeen, c.Totals[0].LastSeen)));
    }

    [Fact]
    public async Task Test_prompts_step_without_moving_anything()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0, user: "t:u:ada", test: true))).Prompt!;

        Assert.True(await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(5))));

        Assert.Equal(Reaction.Frustrated, (await test.Ledger.FindPrompt(Acme, prompt.Id))!.Reaction);
        Assert.Empty(await test.Ledger.ReadNames(Acme, null, Noon));
        Assert.Empty(await test.Ledger.ReadResponses(new ResponseQuery(Acme)));
        Assert.Empty(test.Commits.SelectMany(c => c.Answers));
        Assert.Equal(0, await test.Ledger.ReadCapUse(Acme, Export, Noon));
    }

    [Fact]
    public async Task A_step_that_takes_something_back_is_a_bug_of_the_caller()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        var reacted = React(prompt, 1, Noon.AddSeconds(5));
        await test.Ledger.Change(reacted);

        await Assert.ThrowsAsync<ArgumentException>(() => test.Ledger.Change(React(reacted.After, 2, Noon.AddSeconds(6), Reaction.Positive)));
        await Assert.ThrowsAsync<ArgumentException>(() => test.Ledger.Change(reacted with { Before = reacted.After, After = prompt, ExpectedVersion = 2 }));
    }
}

public sealed class PromptStepTestsOnSqlite() : PromptStepTests(Store.Sqlite);

public sealed class PromptStepTestsOnPostgres() : PromptStepTests(Store.Postgres);
