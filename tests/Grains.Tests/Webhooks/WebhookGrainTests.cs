using System.Diagnostics;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;
using Conclude.Testing.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Webhooks;

/// <summary>Proves that webhooks hear of every answer at least once, through failures and restarts, with a real receiver.</summary>
public sealed class WebhookGrainTests
{
    private static readonly Person Ada = Person.Nobody with { ExternalId = "ada", Email = "ada@acme.com" };

    [Fact]
    public async Task An_answer_reaches_its_receiver_signed()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.ReactionCreated | WebhookEvents.CommentCreated);
        var at = cluster.Time.GetUtcNow();
        var prompt = await React(cluster, "u:ada", Reaction.Frustrated);
        await Answer(cluster, "u:ada", new PromptAnswer(prompt.Id, PromptStep.Comment, Text: "Slow — \"very\" <slow>."));

        var received = await Get(cluster, receiver, 2);
        Assert.All(received, r => Assert.True(StandardSignature.Matches(r, webhook.Secret)));
        Assert.Equal(["comment.created", "reaction.created"], received.Select(static r => r.Type).Order());
        var (reaction, comment) = (receiver.Of("reaction.created").Single(), receiver.Of("comment.created").Single());
        Assert.Equal((1, 2), ((int)reaction.Json["sequence"]!, (int)comment.Json["sequence"]!));
        Assert.Equal((prompt.Id.ToString(), "report_exported", "frustrated", "ada@acme.com"), ((string)reaction.Data["promptId"]!, (string)reaction.Data["event"]!, (string)reaction.Data["reaction"]!, (string)reaction.Data["user"]!["email"]!));
        Assert.Equal((false, "Slow — \"very\" <slow>."), (reaction.Data.AsObject().ContainsKey("comment"), (string)comment.Data["comment"]!));
        Assert.Equal(at, DateTimeOffset.Parse((string)reaction.Json["timestamp"]!, null));
        Assert.InRange(long.Parse(reaction.Timestamp, null), at.ToUnixTimeSeconds(), cluster.Time.GetUtcNow().ToUnixTimeSeconds());
        await Stands(cluster, webhook, DeliveryState.Delivered, DeliveryState.Delivered);
        var log = await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10);
        Assert.Equal(received.Select(static r => r.Id).Order(StringComparer.Ordinal), log.Select(static d => d.Id.ToString()).Order(StringComparer.Ordinal));
        Assert.All(log, static d => Assert.Equal((1, 204, (string?)null), (d.Attempts, d.Status, d.Error)));

        // A call repeated, and a test's answer, tell nothing more.
        await Answer(cluster, "u:ada", new PromptAnswer(prompt.Id, PromptStep.Reaction, Reaction: Reaction.Frustrated));
        await React(cluster, "t:u:ada", Reaction.Positive);
        Assert.Equal(2, (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)).Length);
    }

    [Fact]
    public async Task A_delivery_that_fails_goes_out_again_under_its_id_through_a_restart()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = static _ => 503;
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.ReactionCreated);
        await React(cluster, "u:ada", Reaction.Positive);
        await Get(cluster, receiver, 1);
        await Attempted(cluster, webhook, 1);
        Assert.Equal("Answered 503", (await Only(cluster, webhook)).Error);
        cluster.Time.Advance(TimeSpan.FromSeconds(6));
        await Get(cluster, receiver, 2);
        await Attempted(cluster, webhook, 2);

        await cluster.Restart();
        receiver.Answer = static _ => 200;
        cluster.Time.Advance(TimeSpan.FromSeconds(40));
        // A silo that has just started may miss a nudge, or have looked before the delivery was due: its sweep is what makes up for that.
        var received = await Get(cluster, receiver, 3, WebhookSweeper.Every);

        Assert.Single(received.Select(static r => r.Id).Distinct());
        Assert.Single(received.Select(static r => Convert.ToBase64String(r.Body)).Distinct());
        Assert.All(received, r => Assert.True(StandardSignature.Matches(r, webhook.Secret)));
        await Stands(cluster, webhook, DeliveryState.Delivered);
        Assert.Empty(await cluster.Outbox.ReadFailing(Cluster.Workspace));
    }

    [Fact]
    public async Task Who_is_erased_while_deliveries_wait_and_one_is_under_way_is_told_of_no_more()
    {
        await using var receiver = await WebhookReceiver.Start();
        using ManualResetEventSlim erased = new();
        receiver.Answer = static _ => 503;
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.ReactionCreated | WebhookEvents.CommentCreated);
        var prompt = await React(cluster, "u:ada", Reaction.Frustrated);
        await Attempted(cluster, webhook, 1);
        // The first waits to be tried again; this one is at the receiver, which will not have it, while the person is erased.
        receiver.Answer = _ => erased.Wait(TimeSpan.FromSeconds(30)) ? 503 : 204;
        await Answer(cluster, "u:ada", new PromptAnswer(prompt.Id, PromptStep.Comment, Text: "Mind the gap."));
        await Soon(cluster, () => Task.FromResult(receiver.Of("comment.created").Any()));
        await React(cluster, "u:bob", Reaction.Positive, Person.Nobody with { ExternalId = "bob" });
        var before = receiver.Received.Count;

        var erasing = cluster.Process(0).GetRequiredService<ILedgerUpkeep>().Erase(Cluster.Workspace, "u:ada");
        await Soon(cluster, async () => (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)).Count(static d => d.State == DeliveryState.Erased) == 2);
        // Its sweep waits for what other silos may still be writing.
        await Soon(cluster, () => Task.FromResult(erasing.IsCompleted), TimeSpan.FromMilliseconds(250));
        Assert.Equal(1, (await erasing).Prompts);
        erased.Set();
        receiver.Answer = static _ => 204;
        await Soon(cluster, () => Task.FromResult(receiver.Received.Skip(before).Any(static r => (string?)r.Data["user"]!["externalId"] == "bob")), WebhookSweeper.Every);
        await Soon(cluster, async () => (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)).All(static d => d.NextAt is null), WebhookSweeper.Every);
        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.Outbox.ReadWaiting(cluster.Time.GetUtcNow());

        Assert.Equal(["bob"], receiver.Received.Skip(before).Select(static r => (string)r.Data["user"]!["externalId"]!).Distinct());
        Assert.Equal(
            [DeliveryState.Erased, DeliveryState.Erased, DeliveryState.Delivered],
            (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)).Select(static d => d.State).OrderDescending());
    }

    [Fact]
    public async Task What_no_nudge_told_of_is_found_by_the_sweep()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start();
        var webhook = await Add(cluster, receiver, WebhookEvents.MomentCreated);
        await cluster.Outbox.Tell(Cluster.Workspace, [new ToldFact("moment.created", cluster.Time.GetUtcNow(), "{}", "lost", [webhook.Id])]);
        await Get(cluster, receiver, 1, WebhookSweeper.Every);
        await Stands(cluster, webhook, DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_dead_receiver_delays_nobody_else()
    {
        await using var dead = await WebhookReceiver.Start();
        dead.Answer = static _ => 0;
        await using var healthy = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start(Some.Moment);
        await Add(cluster, dead, WebhookEvents.ReactionCreated);
        await Add(cluster, healthy, WebhookEvents.ReactionCreated);
        for (var n = 0; n < 20; n++)
        {
            await React(cluster, $"u:user-{n}", Reaction.Positive);
        }

        var started = Stopwatch.GetTimestamp();
        await Get(cluster, healthy, 20);
        // One attempt at the dead one takes ten.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(8));
        Assert.InRange(dead.Received.Count, 1, 4);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_left_alone_and_others_are_alerted()
    {
        await using var gone = await WebhookReceiver.Start();
        gone.Answer = static _ => 410;
        await using var alerted = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, gone, WebhookEvents.ReactionCreated | WebhookEvents.AlertRaised);
        await Add(cluster, alerted, WebhookEvents.AlertRaised);
        await React(cluster, "u:ada", Reaction.Positive);

        var alert = Assert.Single(await Get(cluster, alerted, 1));
        Assert.Equal(("alert.raised", "webhook_disabled", webhook.Id, "gone"), (alert.Type, (string)alert.Data["alert"]!, (string)alert.Data["webhook"]!, (string)alert.Data["reason"]!));
        Assert.Equal((false, WebhookStop.Gone), ((await Find(cluster, webhook)).Enabled, (await Find(cluster, webhook)).Stop));
        await React(cluster, "u:bob", Reaction.Positive);
        Assert.Single(gone.Received);
        Assert.Equal(DeliveryState.Failed, (await Only(cluster, webhook)).State);
    }

    [Fact]
    public async Task Three_days_of_nothing_but_failures_disable_a_webhook_and_enabling_it_forgives_them()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = static _ => 500;
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.ReactionCreated);
        await cluster.Fire("u:zoe", "page_viewed");
        await Failed(cluster, webhook, ago: TimeSpan.FromDays(2.9));
        await React(cluster, "u:ada", Reaction.Positive);
        await Attempted(cluster, webhook, 1);
        Assert.True((await Find(cluster, webhook)).Enabled);
        await cluster.Outbox.Forgive(Cluster.Workspace, webhook.Id);
        await Failed(cluster, webhook, ago: TimeSpan.FromDays(3));
        await React(cluster, "u:bob", Reaction.Positive);
        await Soon(cluster, async () => !(await Find(cluster, webhook)).Enabled);
        Assert.Equal(WebhookStop.Failing, (await Find(cluster, webhook)).Stop);

        Assert.Equal(SaveStatus.Saved, await cluster.TenantWebhooks.ReplaceWebhook(Author.Operator, webhook.Id, new WebhookEdit(webhook.Url, webhook.Events, Enabled: true, null)));
        var before = receiver.Received.Count;
        await React(cluster, "u:cleo", Reaction.Positive);
        await Get(cluster, receiver, before + 1);
        await Soon(cluster, async () => (await cluster.Outbox.ReadFailing(Cluster.Workspace)).ContainsKey(webhook.Id));
        Assert.Equal((true, (WebhookStop?)null), ((await Find(cluster, webhook)).Enabled, (await Find(cluster, webhook)).Stop));
    }

    [Fact]
    public async Task What_waits_for_a_disabled_webhook_is_given_up()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = static _ => 500;
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.ReactionCreated);
        await React(cluster, "u:ada", Reaction.Positive);
        await Attempted(cluster, webhook, 1);
        await cluster.TenantWebhooks.ReplaceWebhook(Author.Operator, webhook.Id, new WebhookEdit(webhook.Url, webhook.Events, Enabled: false, null));
        await Soon(cluster, async () =>
        {
            cluster.Time.Advance(WebhookSweeper.Every);
            return (await Only(cluster, webhook)).State == DeliveryState.Failed;
        });
        Assert.Equal("The webhook was disabled or removed", (await Only(cluster, webhook)).Error);
    }

    [Fact]
    public async Task A_moment_that_is_made_changed_or_removed_is_told_of_once()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start();
        await Add(cluster, receiver, WebhookEvents.MomentCreated | WebhookEvents.MomentUpdated | WebhookEvents.MomentDeleted);
        await cluster.Tenant.AddMoment(Some.Moment);
        await cluster.Tenant.ReplaceMoment(Some.Moment with { Question = "Well?" }, null);
        // Saved as it is.
        await cluster.Tenant.ReplaceMoment(Some.Moment with { Question = "Well?" }, null);
        await cluster.Tenant.ReplaceSettings(WorkspaceSettings.Default with { QuietPeriodHours = 3 });
        await cluster.Tenant.RemoveMoment(Some.Moment.Event, null);

        var received = (await Get(cluster, receiver, 3)).OrderBy(static r => (int)r.Json["sequence"]!).ToArray();
        Assert.Equal(["moment.created", "moment.updated", "moment.deleted"], received.Select(static r => r.Type));
        Assert.Equal(("report_exported", "Well?", "per_fire"), ((string)received[1].Data["event"]!, (string)received[1].Data["question"]!, (string)received[1].Data["samplingMode"]!));
        await cluster.Restart();
        await cluster.Tenant.AddMoment(Some.Moment);
        // One whose success was not noted before the restart may come again; it is the same by its id.
        await Soon(cluster, () => Task.FromResult(receiver.Received.DistinctBy(static r => r.Id).Count() >= 4));
        var types = receiver.Received.DistinctBy(static r => r.Id).OrderBy(static r => (int)r.Json["sequence"]!).Select(static r => r.Type);
        Assert.Equal(["moment.created", "moment.updated", "moment.deleted", "moment.created"], types);
    }

    [Fact]
    public async Task What_was_stored_with_a_document_and_not_told_before_a_crash_is_told_after_it_once()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start(Some.Moment);
        var webhook = await Add(cluster, receiver, WebhookEvents.MomentCreated);
        var tenant = cluster.Grains.TenantWebhooks("crashed");
        var storage = cluster.Process(0).GetRequiredKeyedService<IGrainStorage>(Storage.Provider);
        var stored = new GrainState<TenantState>
        {
            State = new TenantState
            {
                Document = (await cluster.Tenant.Snapshot())! with { Workspace = "crashed" },
                Untold = [new ToldFact("moment.created", cluster.Time.GetUtcNow(), "{}", "moment.created a 3", [webhook.Id])],
            },
        };
        await storage.WriteStateAsync(Storage.Tenant, tenant.GetGrainId(), stored);
        // It got as far as the outbox.
        await cluster.Outbox.Tell("crashed", stored.State.Untold);

        await cluster.Grains.Tenant("crashed").Snapshot();
        await Get(cluster, receiver, 1);
        await Soon(cluster, async () =>
        {
            var read = new GrainState<TenantState> { State = new TenantState() };
            await storage.ReadStateAsync(Storage.Tenant, tenant.GetGrainId(), read);
            return read.State.Untold.IsEmpty;
        });
        Assert.Single(await cluster.Outbox.ReadDeliveries("crashed", webhook.Id, 10));
    }

    [Fact]
    public async Task A_workspace_has_at_most_twenty()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var cluster = await Cluster.Start();
        for (var n = 0; n < Webhook.MaxOfAWorkspace; n++)
        {
            await Add(cluster, receiver, WebhookEvents.AlertRaised);
        }

        var one = (await cluster.Tenant.Snapshot())!.Webhooks[0];
        Assert.Equal(SaveStatus.PlanLimit, await cluster.TenantWebhooks.AddWebhook(Author.Operator, one with { Id = "wh_more" }));
        Assert.Equal(SaveStatus.Saved, await cluster.TenantWebhooks.RemoveWebhook(Author.Operator, one.Id));
        Assert.Equal(SaveStatus.NotFound, await cluster.TenantWebhooks.RemoveWebhook(Author.Operator, one.Id));
        Assert.Equal(SaveStatus.NotFound, await cluster.TenantWebhooks.RotateWebhookSecret(Author.Operator, one.Id, WebhookSecrets.Generate()));
        Assert.Equal(SaveStatus.Saved, await cluster.TenantWebhooks.AddWebhook(Author.Operator, one));
    }

    private static async Task<Webhook> Add(Cluster cluster, WebhookReceiver receiver, WebhookEvents events)
    {
        var webhook = new Webhook
        {
            Id = WebhookSecrets.NewId(),
            Url = receiver.Url,
            Events = events,
            Secret = WebhookSecrets.Generate(),
            CreatedAt = cluster.Time.GetUtcNow(),
        };
        Assert.Equal(SaveStatus.Saved, await cluster.TenantWebhooks.AddWebhook(Author.Operator, webhook));
        return webhook;
    }

    private static async Task<Prompt> React(Cluster cluster, string user, Reaction reaction, Person? person = null)
    {
        var prompt = (await cluster.Fire(user, Some.Moment.Event, person: person ?? Ada)).Prompt!;
        await cluster.See(user, prompt);
        await Answer(cluster, user, new PromptAnswer(prompt.Id, PromptStep.Reaction, Reaction: reaction));
        return prompt;
    }

    private static async Task Answer(Cluster cluster, string user, PromptAnswer answer) =>
        Assert.Equal(AnswerStatus.Done, (await cluster.Grains.Session(Cluster.Workspace, user).Answer(answer)).Status);

    private static async Task<Webhook> Find(Cluster cluster, Webhook webhook) => (await cluster.Tenant.Snapshot())!.FindWebhook(webhook.Id)!;

    private static async Task<Delivery> Only(Cluster cluster, Webhook webhook) =>
        Assert.Single(await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10));

    /// <summary>As an attempt of then would have left it.</summary>
    private static async Task Failed(Cluster cluster, Webhook webhook, TimeSpan ago)
    {
        var then = cluster.Time.GetUtcNow() - ago;
        Assert.Equal(then, await cluster.Outbox.Record(Cluster.Workspace, webhook.Id, Guid.NewGuid(), new DeliveryAttempt(then, 500, TimeSpan.Zero, "Answered 500", NextAt: null)));
    }

    private static Task Attempted(Cluster cluster, Webhook webhook, int times) =>
        Soon(cluster, async () => (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)) is [.., { } first] && first.Attempts >= times);

    /// <summary>The receiver may hear of it before the log does.</summary>
    private static Task Stands(Cluster cluster, Webhook webhook, params DeliveryState[] states) =>
        Soon(cluster, async () => (await cluster.Outbox.ReadDeliveries(Cluster.Workspace, webhook.Id, 10)).Select(static d => d.State).SequenceEqual(states));

    private static async Task<WebhookRequest[]> Get(Cluster cluster, WebhookReceiver receiver, int count, TimeSpan? step = null)
    {
        await Soon(cluster, () => Task.FromResult(receiver.Received.Count >= count), step);
        return [.. receiver.Received];
    }

    /// <summary>On real time, for receivers are real; the cluster's clock goes on a little, so that what is due at once is done.</summary>
    private static async Task Soon(Cluster cluster, Func<Task<bool>> holds, TimeSpan? step = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "It did not come to hold within 30 s.");
            cluster.Time.Advance(step ?? TimeSpan.FromMilliseconds(1));
            await Task.Delay(10);
        }
    }
}
