using Conclude.Grains.Sessions;
using Conclude.Grains.Tests.Engine;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves "asked once" on a real engine and store: one live prompt, retries, expiry, restarts, fencing, identity.</summary>
public sealed class SessionGrainTests
{
    private static readonly string Ada = UserKeys.Person("ada");

    [Fact]
    public async Task Sixty_concurrent_fires_of_three_moments_give_one_prompt()
    {
        await using var cluster = await Cluster.Start([.. new[] { "a", "b", "c" }.Select(static e => Some.Moment with { Event = e })]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            cluster.Fire(Ada, "abc"[i % 3].ToString(), anonymousId: $"browser-{i}")));
        Assert.Single(answers, static a => a.Prompt is not null);
        Assert.Equal(59, answers.Count(static a => a.Verdict == Verdict.LeaseHeld));
    }

    [Fact]
    public async Task A_prompt_granted_behind_its_back_makes_a_session_decide_again()
    {
        await using var cluster = await Cluster.Start(Some.Moment, Some.Moment with { Event = "other" });
        Assert.Equal(Verdict.NoMoment, (await cluster.Fire(Ada, "warm_up")).Verdict);
        // Another activation of the same session, for a moment, somewhere else: it writes with the version it read.
        var rival = Some.Granted with { Id = Guid.CreateVersion7(), UserKey = Ada, GrantedAt = cluster.Time.GetUtcNow(), LeaseUntil = cluster.Time.GetUtcNow().AddSeconds(120), LiveUntil = cluster.Time.GetUtcNow().AddSeconds(120) };
        var results = await cluster.Ledger.Append([new Fire
        {
            Workspace = Cluster.Workspace, Id = Guid.CreateVersion7(), Event = Some.Moment.Event, UserKey = Ada, At = cluster.Time.GetUtcNow(), ReceivedAt = cluster.Time.GetUtcNow(),
            Verdict = Verdict.Shown, IsMoment = true, Limits = FireLimits.None, Grant = new(rival, 0, null, Person.Nobody, PageContext.Unknown),
        }]);
        Assert.Equal(FireStatus.Accepted, results[0].Status);

        Assert.Equal(Verdict.LeaseHeld, (await cluster.Fire(Ada, "other")).Verdict);
        await cluster.See(Ada, rival);
    }

    [Fact]
    public async Task A_comment_on_a_reaction_taken_behind_its_back_is_taken()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var prompt = (await cluster.Fire(Ada, Some.Moment.Event)).Prompt!;
        var session = cluster.Grains.Session(Cluster.Workspace, Ada);
        Assert.Equal(AnswerStatus.Done, (await session.Answer(new(prompt.Id, PromptStep.Seen, View: "v"))).Status);
        // Another activation of the same session takes the reaction.
        var user = await cluster.Ledger.ReadUser(Cluster.Workspace, Ada);
        var (before, now) = (user.Prompts.Single(), cluster.Time.GetUtcNow());
        Assert.True(await cluster.Ledger.Change(new PromptChange(
            Cluster.Workspace, Ada, user.Version, PromptStep.Reaction, before, before with { Reaction = Reaction.Neutral, ReactedAt = now })));

        Assert.Equal(AnswerStatus.Done, (await session.Answer(new(prompt.Id, PromptStep.Comment, Text: "Slow."))).Status);
        Assert.Equal("Slow.", (await cluster.Ledger.FindPrompt(Cluster.Workspace, prompt.Id))!.Comment);
    }

    [Fact]
    public async Task A_retried_event_gets_the_same_prompt()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var id = Guid.CreateVersion7();
        var first = await cluster.Fire(Ada, Some.Moment.Event, id);
        cluster.Time.Advance(TimeSpan.FromSeconds(30));
        var again = await cluster.Fire(Ada, Some.Moment.Event, id);
        Assert.Equal(FireStatus.Duplicate, again.Status);
        Assert.Equal(first.Prompt, again.Prompt);
    }

    [Fact]
    public async Task A_lease_never_seen_expires_and_burns_nothing()
    {
        await using var cluster = await Cluster.Start(Some.Moment with { OncePerUser = true });
        Assert.NotNull((await cluster.Fire(Ada, Some.Moment.Event)).Prompt);
        cluster.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(Verdict.LeaseHeld, (await cluster.Fire(Ada, Some.Moment.Event)).Verdict);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Verdict.Shown, (await cluster.Fire(Ada, Some.Moment.Event)).Verdict);
    }

    [Fact]
    public async Task A_restart_forgets_nothing()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var prompt = (await cluster.Fire(Ada, Some.Moment.Event)).Prompt!;
        await cluster.Restart();
        Assert.Equal(Verdict.LeaseHeld, (await cluster.Fire(Ada, Some.Moment.Event)).Verdict);
        await cluster.See(Ada, prompt);
        await cluster.Restart();
        var session = cluster.Grains.Session(Cluster.Workspace, Ada);
        Assert.Equal(AnswerStatus.Done, (await session.Answer(new(prompt.Id, PromptStep.Reaction, Reaction: Reaction.Frustrated))).Status);
        await cluster.Restart();
        Assert.Equal(AnswerStatus.Done, (await cluster.Grains.Session(Cluster.Workspace, Ada).Answer(new(prompt.Id, PromptStep.Comment, Text: "slow"))).Status);
        Assert.Equal(Verdict.Cooldown, (await cluster.Fire(Ada, Some.Moment.Event)).Verdict);
    }

    [Fact]
    public async Task An_anonymous_browser_that_identifies_keeps_its_history()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var browser = UserKeys.Browser("b1");
        var prompt = (await cluster.Fire(browser, Some.Moment.Event)).Prompt!;
        await cluster.See(browser, prompt);

        Assert.Equal(Verdict.Cooldown, (await cluster.Fire(Ada, Some.Moment.Event, anonymousId: "b1")).Verdict);
        // Another device of the same person, and the browser before it says who it is again.
        Assert.Equal(Verdict.Cooldown, (await cluster.Fire(Ada, Some.Moment.Event, anonymousId: "b2")).Verdict);
        Assert.Equal(Verdict.Cooldown, (await cluster.Fire(UserKeys.Browser("b2"), Some.Moment.Event)).Verdict);
    }

    [Fact]
    public async Task An_anonymous_prompt_is_answered_by_the_person_it_turned_out_to_be()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var browser = UserKeys.Browser("b1");
        var prompt = (await cluster.Fire(browser, Some.Moment.Event)).Prompt!;
        await cluster.Grains.Session(Cluster.Workspace, Ada).Identify(Person.Nobody, "b1", cluster.Time.GetUtcNow());

        var step = new PromptAnswer(prompt.Id, PromptStep.Reaction, Reaction: Reaction.Positive);
        Assert.Equal(new AnswerOutcome(AnswerStatus.Moved, Ada), await cluster.Grains.Session(Cluster.Workspace, browser).Answer(step));
        Assert.Equal(AnswerStatus.Done, (await cluster.Grains.Session(Cluster.Workspace, Ada).Answer(step)).Status);
    }

    [Fact]
    public async Task Two_leases_that_meet_in_one_person_are_claimed_once()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        // The same person on two devices, before anybody could know.
        var anonymous = (await cluster.Fire(UserKeys.Browser("b1"), Some.Moment.Event)).Prompt!;
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var known = (await cluster.Fire(Ada, Some.Moment.Event)).Prompt!;
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await cluster.See(UserKeys.Browser("b1"), anonymous);
        await cluster.Grains.Session(Cluster.Workspace, Ada).Identify(Person.Nobody, "b1", cluster.Time.GetUtcNow());

        var session = cluster.Grains.Session(Cluster.Workspace, Ada);
        Assert.Equal(AnswerStatus.NotLive, (await session.Answer(new(known.Id, PromptStep.Seen, View: "v"))).Status);
        Assert.Equal(AnswerStatus.Done, (await session.Answer(new(anonymous.Id, PromptStep.Reaction, Reaction: Reaction.Positive))).Status);
        Assert.Equal(AnswerStatus.NotLive, (await session.Answer(new(known.Id, PromptStep.Seen, View: "v"))).Status);
    }

    [Fact]
    public async Task A_lease_that_a_clock_step_revives_is_not_claimed_beside_the_next_one()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var first = (await cluster.Fire(Ada, Some.Moment.Event)).Prompt!;
        // A silo whose clock is two minutes ahead lets the next one through.
        var ahead = cluster.Batch(null, null, new IncomingEvent(Guid.CreateVersion7(), Some.Moment.Event, cluster.Time.GetUtcNow(), TimeSpan.Zero)) with { ReceivedAt = cluster.Time.GetUtcNow().AddSeconds(121) };
        var session = cluster.Grains.Session(Cluster.Workspace, Ada);
        var second = Assert.Single((await session.Fire(ahead)).Answers).Prompt!;
        Assert.Equal(AnswerStatus.NotLive, (await session.Answer(new(first.Id, PromptStep.Seen, View: "v"))).Status);
        await cluster.See(Ada, second);
    }

    [Fact]
    public async Task A_later_person_on_the_same_browser_is_not_merged_into_the_first()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.See(Ada, (await cluster.Fire(Ada, Some.Moment.Event, anonymousId: "b1")).Prompt!);
        Assert.Equal(Verdict.Shown, (await cluster.Fire(UserKeys.Person("grace"), Some.Moment.Event, anonymousId: "b1")).Verdict);
    }

    [Fact]
    public async Task A_link_without_proof_is_ignored_where_identity_must_be_verified()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.See(Ada, (await cluster.Fire(Ada, Some.Moment.Event, anonymousId: "b1")).Prompt!);
        var settings = (await cluster.Tenant.Snapshot())!.Settings;
        await cluster.Tenant.ReplaceSettings(settings with { RequireVerifiedIdentity = true });
        Assert.Equal(Verdict.Shown, (await cluster.Fire(UserKeys.Browser("b1"), Some.Moment.Event)).Verdict);
    }

    [Fact]
    public async Task Facts_without_proof_never_replace_proven_ones()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.Fire(Ada, "any", person: Person.Nobody with { ExternalId = "ada", Email = "ada@acme.com", Verified = true });
        await cluster.Fire(Ada, "any", person: Person.Nobody with { ExternalId = "ada", Email = "mallory@evil.com" });
        Assert.Equal("ada@acme.com", (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Person.Email);
    }

    [Fact]
    public async Task A_capped_moment_stops_at_answers_plus_live_prompts()
    {
        await using var cluster = await Cluster.Start(Some.Moment with { ResponseCap = 2 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.Fire(UserKeys.Person($"user-{i}"), Some.Moment.Event)));
        Assert.Equal(2, answers.Count(static a => a.Prompt is not null));
        Assert.Equal(18, answers.Count(static a => a.Verdict == Verdict.ResponseCap));
        cluster.Time.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(Verdict.Shown, (await cluster.Fire(Ada, Some.Moment.Event)).Verdict);
    }

    [Fact]
    public async Task Several_fires_of_one_request_are_decided_in_order()
    {
        await using var cluster = await Cluster.Start(Some.Moment, Some.Moment with { Event = "other" });
        var now = cluster.Time.GetUtcNow();
        IncomingEvent Event(string name) => new(Guid.CreateVersion7(), name, now, TimeSpan.Zero);
        var answer = await cluster.Grains.Session(Cluster.Workspace, Ada).Fire(cluster.Batch(null, null, Event("seen"), Event("report_exported"), Event("other"), Event("seen")));
        Assert.Equal([Verdict.NoMoment, Verdict.Shown, Verdict.LeaseHeld, Verdict.NoMoment], answer.Answers.Select(static a => a.Verdict));
    }

    [Fact]
    public async Task A_test_user_never_meets_a_real_history()
    {
        await using var cluster = await Cluster.Start(Some.Moment with { OncePerUser = true });
        await cluster.See(Ada, (await cluster.Fire(Ada, Some.Moment.Event)).Prompt!);
        var test = UserKeys.Person("ada", test: true);
        var prompt = (await cluster.Fire(test, Some.Moment.Event)).Prompt;
        Assert.True(prompt?.Test);
        Assert.Equal(1, (await cluster.Ledger.ReadNames(Cluster.Workspace, Some.Moment.Event, cluster.Time.GetUtcNow())).Single().AllTime.Fires);
    }
}
