using Conclude.Ledger.Outbox;
using Conclude.Testing;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>The outbox: a delivery is there exactly when the fact it tells of is, once, and says nothing of who was erased.</summary>
public abstract class OutboxTests(Store store)
{
    private const string Hook = "wh_1";
    private const string Other = "wh_2";
    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_answer_and_its_deliveries_are_one_commit()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        var reacted = React(prompt, 1, Noon.AddSeconds(5));
        Assert.True(await test.Ledger.Change(reacted with { Tell = [Hook, Other] }));
        Assert.True(await test.Ledger.Change(Say(reacted.After, 2, Noon.AddSeconds(9)) with { Tell = [Hook] }));

        var told = await test.StoreLedger.ReadDeliveries(Acme, Hook, 10);
        Assert.Equal([(FactTypes.CommentCreated, 2L), (FactTypes.ReactionCreated, 1L)], told.Select(d => (d.Type, d.Sequence)));
        Assert.Equal(
            new ToldAnswer(prompt.Id, Export, prompt.Question, Reaction.Frustrated, "It took ages.", AdaFacts, new PageContext("https://app.acme.com/reports", "en-GB", "desktop"), Noon.AddSeconds(5), Noon.AddSeconds(9)),
            told[0].Answer);
        Assert.Equal((Noon.AddSeconds(5), Noon.AddSeconds(5), DeliveryState.Pending, 0), (told[1].At, told[1].NextAt, told[1].State, told[1].Attempts));
        Assert.Equal(1, Assert.Single(await test.StoreLedger.ReadDeliveries(Acme, Other, 10)).Sequence);
        Assert.Equal([Hook, Other, Hook], test.Commits.SelectMany(static c => c.Told));
        Assert.Equal(told[0], await test.StoreLedger.FindDelivery(Acme, told[0].Id));
        Assert.Null(await test.StoreLedger.FindDelivery("other", told[0].Id));
        Assert.Equal([told[1]], await test.StoreLedger.ReadDeliveries(Acme, Hook, 10, told[0].Id));
        Assert.Equal([(Acme, Hook, 2), (Acme, Other, 1)], (await test.StoreLedger.ReadWaiting(Noon.AddMinutes(1))).Select(w => (w.Workspace, w.Webhook, w.Due)));
    }

    [Fact]
    public async Task A_step_that_is_refused_or_a_test_tells_nobody()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        Assert.False(await test.Ledger.Change(React(prompt, 7, Noon.AddSeconds(5)) with { Tell = [Hook] }));
        Assert.True(await test.Ledger.Change(Seen(prompt, 1, Noon.AddSeconds(5)) with { Tell = [Hook] }));
        var tried = (await test.Ledger.Append(Granted(0, user: "t:u:ada", test: true))).Prompt!;
        Assert.True(await test.Ledger.Change(React(tried, 1, Noon.AddSeconds(5)) with { Tell = [Hook] }));

        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM deliveries"));
        Assert.Equal(0L, await test.Tamper("SELECT count(*) FROM webhook_sequences"));
    }

    [Fact]
    public async Task Facts_of_one_batch_are_numbered_one_by_one()
    {
        await using var test = TestLedger.On(store);
        string[] users = [.. Enumerable.Range(0, 20).Select(static n => $"u:user-{n}")];
        var prompts = (await test.Ledger.Append([.. users.Select(static (user, n) => Granted(0, user: user, workspace: n % 2 == 0 ? Acme : "other"))])).Select(static r => r.Prompt!).ToArray();

        var gate = Gate.Close(test);
        var changes = prompts.Select((p, n) => test.Ledger.Change(
            React(p, 1, Noon.AddSeconds(n)) with { Workspace = n % 2 == 0 ? Acme : "other", Tell = n % 3 == 0 ? [Hook, Other] : [Hook] })).ToArray();
        await gate.Open();
        Assert.All(await Task.WhenAll(changes), Assert.True);

        foreach (var workspace in (string[])[Acme, "other"])
        {
            var told = await test.StoreLedger.ReadDeliveries(workspace, Hook, 100);
            Assert.Equal(Enumerable.Range(1, 10).Select(static n => (long)n), told.Select(d => d.Sequence).Order());
            // In the order of the commits, as far as ids tell it.
            Assert.Equal(told.OrderByDescending(d => d.Sequence), told);
        }
    }

    [Fact]
    public async Task What_is_told_again_adds_nothing()
    {
        await using var test = TestLedger.On(store);
        ToldFact[] facts = [new("moment.created", Noon, """{"event":"a"}""", "moment a 3", [Hook, Other]), new("moment.created", Noon, """{"event":"b"}""", "moment b 4", [Hook])];
        await test.StoreLedger.Tell(Acme, facts);
        await test.StoreLedger.Tell(Acme, facts);

        var told = await test.StoreLedger.ReadDeliveries(Acme, Hook, 10);
        Assert.Equal(["""{"event":"a"}""", """{"event":"b"}"""], told.OrderBy(d => d.Sequence).Select(d => d.Data));
        Assert.Equal([1L, 2L], told.Select(d => d.Sequence).Order());
        Assert.Single(await test.StoreLedger.ReadDeliveries(Acme, Other, 10));
    }

    [Fact]
    public async Task Attempts_move_a_delivery_and_failures_are_remembered_until_one_succeeds()
    {
        await using var test = TestLedger.On(store);
        await test.StoreLedger.Tell(Acme, [new("moment.created", Noon, "{}", "m", [Hook])]);
        var id = Assert.Single(await test.StoreLedger.ReadDue(Acme, Hook, Noon, 10)).Id;

        Assert.Equal(Noon.AddSeconds(1), await test.StoreLedger.Record(Acme, Hook, id, new(Noon.AddSeconds(1), 500, TimeSpan.FromMilliseconds(12), "status 500", Noon.AddSeconds(6))));
        Assert.Empty(await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddSeconds(5), 10));
        Assert.Equal(Noon.AddSeconds(6), await test.StoreLedger.ReadNextAttempt(Acme, Hook));
        Assert.Equal(Noon.AddSeconds(1), await test.StoreLedger.Record(Acme, Hook, id, new(Noon.AddSeconds(7), null, TimeSpan.FromSeconds(10), "timed out", null)));
        var failed = (await test.StoreLedger.FindDelivery(Acme, id))!;
        Assert.Equal((DeliveryState.Failed, 2, (DateTimeOffset?)null, (int?)null, "timed out"), (failed.State, failed.Attempts, failed.NextAt, failed.Status, failed.Error));
        Assert.Equal(Noon.AddSeconds(1), (await test.StoreLedger.ReadFailing(Acme))[Hook]);

        Assert.True(await test.StoreLedger.Replay(Acme, id, Noon.AddHours(1)));
        Assert.False(await test.StoreLedger.Replay("other", id, Noon.AddHours(1)));
        var again = Assert.Single(await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddHours(1), 10));
        Assert.Equal((id, 0, 2, Noon.AddHours(1)), (again.Id, again.Tries, again.Attempts, again.Since));
        Assert.Null(await test.StoreLedger.Record(Acme, Hook, id, new(Noon.AddHours(1), 204, TimeSpan.FromMilliseconds(8), null, null)));
        Assert.Empty(await test.StoreLedger.ReadFailing(Acme));
        Assert.Equal((DeliveryState.Delivered, 204), ((await test.StoreLedger.FindDelivery(Acme, id))!.State, (await test.StoreLedger.FindDelivery(Acme, id))!.Status));
        Assert.Empty(await test.StoreLedger.ReadWaiting(Noon.AddDays(1)));
    }

    [Fact]
    public async Task What_is_pending_can_be_ended_and_nothing_else_is()
    {
        await using var test = TestLedger.On(store);
        await test.StoreLedger.Tell(Acme, [.. Enumerable.Range(0, 600).Select(n => new ToldFact("moment.created", Noon, "{}", $"m{n}", [Hook, Other]))]);
        var done = (await test.StoreLedger.ReadDue(Acme, Hook, Noon, 1))[0].Id;
        await test.StoreLedger.Record(Acme, Hook, done, new(Noon, 200, TimeSpan.Zero, null, null));

        await test.StoreLedger.End(Acme, Hook, "the webhook is off");

        Assert.Equal(599L, await test.Tamper("SELECT count(*) FROM deliveries WHERE state = 2 AND error = 'the webhook is off'"));
        Assert.Equal([(Other, 600)], (await test.StoreLedger.ReadWaiting(Noon)).Select(w => (w.Webhook, w.Due)));
    }

    [Fact]
    public async Task The_erased_are_told_of_no_more()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        var others = (await test.Ledger.Append(Granted(0, user: "u:bob"))).Prompt!;
        var reacted = React(prompt, 1, Noon.AddSeconds(5));
        await test.Ledger.Change(reacted with { Tell = [Hook] });
        await test.Ledger.Change(Say(reacted.After, 2, Noon.AddSeconds(9)) with { Tell = [Hook] });
        await test.Ledger.Change(React(others, 1, Noon.AddSeconds(9)) with { Tell = [Hook] });
        var sent = (await test.StoreLedger.ReadDeliveries(Acme, Hook, 10))[^1];
        await test.StoreLedger.Record(Acme, Hook, sent.Id, new(Noon.AddSeconds(6), 200, TimeSpan.Zero, null, null));

        await test.StoreLedger.Erase(Acme, Ada);

        var left = await test.StoreLedger.ReadDeliveries(Acme, Hook, 10);
        Assert.Equal([DeliveryState.Erased, DeliveryState.Erased, DeliveryState.Pending], left.Select(static d => d.State).OrderDescending());
        Assert.All(left.Where(static d => d.State == DeliveryState.Erased), static d => Assert.Equal((null, true, null), (d.Answer!.Comment, d.Answer.Person.IsEmpty, d.NextAt)));
        Assert.Equal(others.Id, Assert.Single(await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddMinutes(1), 10)).Answer!.PromptId);
        Assert.False(await test.StoreLedger.Replay(Acme, sent.Id, Noon.AddMinutes(1)));
        // An attempt that was on its way meanwhile changes nothing of that.
        await test.StoreLedger.Record(Acme, Hook, sent.Id, new(Noon.AddMinutes(1), 500, TimeSpan.Zero, "status 500", Noon.AddMinutes(2)));
        Assert.Equal((DeliveryState.Erased, (DateTimeOffset?)null), ((await test.StoreLedger.FindDelivery(Acme, sent.Id))!.State, (await test.StoreLedger.FindDelivery(Acme, sent.Id))!.NextAt));
    }

    [Fact]
    public async Task The_erased_are_told_of_no_more_though_the_erasure_breaks_off_before_its_sweep()
    {
        await using var test = TestLedger.On(store);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        var others = (await test.Ledger.Append(Granted(0, user: "u:bob"))).Prompt!;
        await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(5)) with { Tell = [Hook] });
        await test.Ledger.Change(React(others, 1, Noon.AddSeconds(5)) with { Tell = [Hook] });
        // One that was tried and waits to be tried again, and one that never was.
        var tried = (await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddMinutes(1), 10)).Single(d => d.Answer!.PromptId == prompt.Id);
        await test.StoreLedger.Record(Acme, Hook, tried.Id, new(Noon.AddSeconds(6), 500, TimeSpan.Zero, "status 500", Noon.AddMinutes(1)));
        test.OnErasing = static () => throw new InvalidOperationException("The process ends here.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.StoreLedger.Erase(Acme, Ada));

        Assert.Equal(1L, await test.Tamper($"SELECT count(*) FROM prompts WHERE user_key = '{Ada}'"));
        Assert.Equal(others.Id, Assert.Single(await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddHours(1), 10)).Answer!.PromptId);
        Assert.Equal(DeliveryState.Erased, (await test.StoreLedger.FindDelivery(Acme, tried.Id))!.State);
        Assert.False(await test.StoreLedger.Replay(Acme, tried.Id, Noon.AddHours(1)));

        test.OnErasing = null;
        await test.Reopen();
        var started = TimeProvider.System.GetTimestamp();
        while (await test.Tamper("SELECT count(*) FROM erasures") is not 0L)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "It was not ended.");
            await Task.Delay(5);
        }

        var left = (await test.StoreLedger.FindDelivery(Acme, tried.Id))!;
        Assert.Equal((DeliveryState.Erased, true), (left.State, left.Answer!.Person.IsEmpty));
        Assert.Equal(others.Id, Assert.Single(await test.StoreLedger.ReadDue(Acme, Hook, Noon.AddHours(1), 10)).Answer!.PromptId);
    }

    [Fact]
    public async Task Deliveries_are_kept_for_thirty_days()
    {
        await using var test = TestLedger.On(store, time: _time);
        var now = _time.GetUtcNow();
        await test.StoreLedger.Tell(Acme, [new("moment.created", now, "{}", "old", [Hook]), new("moment.updated", now.AddHours(2), "{}", "new", [Hook])]);
        _time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromHours(1));

        Assert.True((await test.StoreLedger.Trim(Acme, before: null)).IsDone);

        Assert.Equal("moment.updated", Assert.Single(await test.StoreLedger.ReadDeliveries(Acme, Hook, 10)).Type);
    }

    [Fact]
    public async Task The_fire_that_brings_a_month_to_four_fifths_or_to_its_end_raises_an_alert_once()
    {
        await using var test = TestLedger.On(store);
        for (var n = 0; n < 12; n++)
        {
            // A first fire of the name for the careful way, plain ones after it.
            await test.Ledger.Append(Limited());
        }
        await test.Ledger.Append([Limited("other", 2), Limited("other", 2)]);

        var told = (await test.StoreLedger.ReadDeliveries(Acme, Hook, 10)).OrderBy(static d => d.Sequence).ToArray();
        Assert.Equal([1L, 2L], told.Select(static d => d.Sequence));
        Assert.Equal(
            ["""{"alert":"usage","percent":80,"used":8,"limit":10,"periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z"}""",
                """{"alert":"usage","percent":100,"used":10,"limit":10,"periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z"}"""],
            told.Select(static d => d.Data));
        Assert.Equal(4, test.Commits.Where(static c => !c.Told.IsEmpty).Sum(static c => c.Told.Length + (c.Workspace == Acme ? 0 : 1)));
        Assert.Equal(2, (await test.StoreLedger.ReadDeliveries("other", Hook, 10)).Length);
        Assert.Equal(10, await test.Ledger.ReadUsage(Acme, Noon));

        static Fire Limited(string workspace = Acme, int limit = 10) => Fire(workspace: workspace, limits: new FireLimits(limit, 0, 0)) with { AlertTo = [Hook] };
    }

    [Fact]
    public async Task A_batch_that_carries_the_month_over_a_threshold_raises_it_too()
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append(Limited());
        await test.Ledger.Append([.. Enumerable.Range(0, 84).Select(_ => Limited())]);

        Assert.Equal(80, Percent(Assert.Single(await test.StoreLedger.ReadDeliveries(Acme, Hook, 10))));
        await test.Ledger.Append([.. Enumerable.Range(0, 40).Select(_ => Limited())]);
        Assert.Equal([80, 100], (await test.StoreLedger.ReadDeliveries(Acme, Hook, 10)).Select(Percent).Order());

        static int Percent(Delivery delivery) => System.Text.Json.Nodes.JsonNode.Parse(delivery.Data!)!["percent"]!.GetValue<int>();

        static Fire Limited() => Fire(limits: new FireLimits(100, 0, 0)) with { AlertTo = [Hook] };
    }
}

public sealed class OutboxTestsOnSqlite() : OutboxTests(Store.Sqlite);

public sealed class OutboxTestsOnPostgres() : OutboxTests(Store.Postgres);
