using System.Collections.Immutable;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Telemetry;

namespace Conclude.Grains.Sessions;

internal sealed class SessionGrain(ILedger ledger, WorkspaceSnapshots snapshots, TimeProvider time) : Grain, ISessionGrain
{
    /// <summary>A version moves only when another activation of this session exists for a moment, or a browser is being linked.</summary>
    private const int Attempts = 5;

    private string _workspace = "";
    private string _user = "";
    private SessionMemory? _memory;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _user) = GrainKeys.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<FireBatchAnswer> Fire(FireBatch batch) => Remembering(async () =>
    {
        using var span = Signals.Spans.StartActivity("session.fire");
        var rules = await Rules();
        var memory = await Recall(rules);
        if (memory.MovedTo is { } person)
        {
            return new FireBatchAnswer([], person);
        }

        memory = await Learn(memory, rules, batch.Person, batch.AnonymousId, batch.ReceivedAt);
        var answers = ImmutableArray.CreateBuilder<FireAnswer>(batch.Events.Length);
        var waiting = new List<Fire>();
        foreach (var occurred in batch.Events)
        {
            waiting.Add(await Decided(memory, rules, batch, occurred));
            if (waiting[^1].Grant is not null)
            {
                // What follows is decided on what the store made of the grant.
                memory = await Settle(memory, rules, batch, waiting, answers);
                if (memory.MovedTo is not null)
                {
                    return new FireBatchAnswer(answers.ToImmutable(), memory.MovedTo);
                }
            }
        }

        await Settle(memory, rules, batch, waiting, answers);
        return new FireBatchAnswer(answers.MoveToImmutable(), MovedTo: null);
    });

    public Task Identify(Person person, string? anonymousId, DateTimeOffset receivedAt) => Remembering(async () =>
    {
        var rules = await Rules();
        var memory = await Recall(rules);
        return memory.MovedTo is null ? await Learn(memory, rules, person, anonymousId, receivedAt) : memory;
    });

    public Task<AnswerOutcome> Answer(PromptAnswer answer) => Remembering(async () =>
    {
        using var span = Signals.Spans.StartActivity("session.answer");
        var rules = await Rules();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var memory = await Recall(rules);
            if (memory.MovedTo is { } person)
            {
                return new AnswerOutcome(AnswerStatus.Moved, person);
            }

            if (memory.Find(answer.PromptId) is not { } prompt)
            {
                if (memory.IsFresh)
                {
                    return new AnswerOutcome(AnswerStatus.NotFound);
                }

                // Granted by another activation, or to a browser linked elsewhere: look once in the store.
                _memory = null;
                continue;
            }

            var (status, after) = Answers.Next(prompt, answer, time.GetUtcNow());
            if (after is not null && answer.Step == PromptStep.Seen && Answers.IsOvertaken(prompt, memory.Prompts, after.SeenAt!.Value))
            {
                (status, after) = (AnswerStatus.NotLive, null);
            }

            if (after is null)
            {
                if (status == AnswerStatus.Done || memory.IsFresh)
                {
                    return new AnswerOutcome(status);
                }

                // A step taken in another activation is not in this memory, and a refusal is not fenced by the store: look there first.
                _memory = null;
                continue;
            }

            if (await ledger.Change(new PromptChange(_workspace, _user, memory.Version, answer.Step, prompt, after) { Tell = Hearing(rules, answer.Step) }))
            {
                _memory = memory.Advance(after);
                return new AnswerOutcome(AnswerStatus.Done);
            }

            _memory = null;
        }

        throw new LedgerUnavailableException("This user's row keeps changing.");
    });

    public Task Forget()
    {
        _memory = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task<Fire> Decided(SessionMemory memory, WorkspaceSnapshot rules, FireBatch batch, IncomingEvent occurred) =>
        Firing.Decided(ledger, memory, _user, rules, batch, occurred);

    /// <summary>Commits the waiting fires and decides again what lost a race.</summary>
    private async Task<SessionMemory> Settle(
        SessionMemory memory, WorkspaceSnapshot rules, FireBatch batch, List<Fire> waiting, ImmutableArray<FireAnswer>.Builder answers)
    {
        for (var attempt = 0; waiting.Count > 0; attempt++)
        {
            var results = await ledger.Append(waiting);
            Fire? lost = null;
            for (var i = 0; i < results.Length; i++)
            {
                var (fire, result) = (waiting[i], results[i]);
                if (result.Status == FireStatus.Conflict)
                {
                    // Only a grant can conflict, and a grant is always the last of those waiting.
                    lost = fire;
                    continue;
                }

                answers.Add(new FireAnswer(fire.Id, result.Status, result.Verdict, result.Until, result.Prompt));
                if (result is { Status: FireStatus.Accepted, Prompt: { } granted })
                {
                    _memory = memory = memory.Advance(granted);
                }
            }

            waiting.Clear();
            if (lost is null)
            {
                break;
            }

            if (attempt == Attempts)
            {
                throw new LedgerUnavailableException("This user's row keeps changing.");
            }

            _memory = null;
            memory = await Recall(rules);
            if (memory.MovedTo is not null)
            {
                break;
            }

            waiting.Add(await Decided(memory, rules, batch, batch.Events[answers.Count]));
        }

        return memory;
    }

    /// <summary>Links the browser and stores what the request states of the person, if either is new.</summary>
    private async Task<SessionMemory> Learn(SessionMemory memory, WorkspaceSnapshot rules, Person stated, string? anonymousId, DateTimeOffset now)
    {
        if (anonymousId is not null && (stated.Verified || memory.Met.Count < SessionMemory.MaxBrowsers))
        {
            memory = await LinkBrowser(memory, rules, UserKeys.Browser(anonymousId, UserKeys.IsTest(_user)), stated.Verified, now);
        }

        return await Describe(memory, memory.Known(stated));
    }

    private async Task<SessionMemory> Describe(SessionMemory memory, Person known)
    {
        if (!known.Equals(memory.Person))
        {
            await ledger.Describe(_workspace, _user, known);
            memory = memory with { Person = known };
        }

        return _memory = memory;
    }

    private async Task<SessionMemory> LinkBrowser(SessionMemory memory, WorkspaceSnapshot rules, string browser, bool verified, DateTimeOffset now)
    {
        for (var attempt = 0; attempt < Attempts && !memory.HasMet(browser, verified); attempt++)
        {
            var history = await ledger.ReadUser(_workspace, browser);
            if (history.LinkedTo is { } link && (link.UserKey != _user || link.Verified || !verified))
            {
                // Once and for good: a later person on the same browser is never merged into the first.
                return _memory = memory.Meet(browser, settled: link.UserKey != _user || link.Verified);
            }

            if (await ledger.Join(new Link(_workspace, browser, history.Version, _user, memory.Version, verified, now)))
            {
                _memory = null;
                memory = (await Recall(rules)).Meet(browser, settled: verified);
                // A browser proves nothing: its facts are for a person who has not proved anything either.
                return verified || memory.Person.Verified
                    ? _memory = memory
                    : await Describe(memory, history.Person.Overlay(memory.Person));
            }

            _memory = null;
            memory = await Recall(rules);
        }

        return memory.HasMet(browser, verified) ? memory : throw new LedgerUnavailableException("This user's row keeps changing.");
    }

    private async Task<WorkspaceSnapshot> Rules() =>
        await snapshots.Get(_workspace) ?? throw new InvalidOperationException("A session of a workspace that does not exist.");

    private async Task<SessionMemory> Recall(WorkspaceSnapshot rules)
    {
        if (_memory is { } memory && memory.VerifiedOnly == rules.Settings.RequireVerifiedIdentity)
        {
            return _memory = memory with { IsFresh = false };
        }

        return _memory = SessionMemory.Of(await ledger.ReadUser(_workspace, _user), _user, rules.Settings.RequireVerifiedIdentity);
    }

    /// <summary>The webhooks that want to hear of a step; never of a test's.</summary>
    private ImmutableArray<string> Hearing(WorkspaceSnapshot rules, PromptStep step) => UserKeys.IsTest(_user) ? [] : step switch
    {
        PromptStep.Reaction => rules.WebhooksFor(WebhookEvents.ReactionCreated),
        PromptStep.Comment => rules.WebhooksFor(WebhookEvents.CommentCreated),
        _ => [],
    };

    /// <summary>After any failure the store may hold more than this memory does: it is dropped and read again.</summary>
    private async Task<T> Remembering<T>(Func<Task<T>> turn)
    {
        try
        {
            return await turn();
        }
        catch (Exception)
        {
            _memory = null;
            throw;
        }
    }
}
