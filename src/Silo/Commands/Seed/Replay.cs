using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Silo.Commands.Seed;

/// <summary>Puts the lives of made-up users into the ledger, many at a time: each is a story of its own.</summary>
internal sealed class Replay(ILedger ledger, WorkspaceSnapshot rules, SeedOptions options)
{
    /// <summary>As many as the group commit takes together.</summary>
    private const int AtOnce = 64;

    private const double Late = 0.006;
    private const double Painted = 0.94;
    private const double Answered = 0.43;
    private const double Dismissed = 0.30;
    private const double Written = 0.4;

    private readonly (string Event, double Weight)[] _happenings = Story.Happenings(options.Moments);
    private long _accepted;
    private long _duplicates;
    private long _refused;
    private int _users;

    public long Accepted => _accepted;

    public long Duplicates => _duplicates;

    public long Refused => _refused;

    /// <param name="progress">Users done.</param>
    public Task Run(IProgress<int> progress) => Parallel.ForEachAsync(
        Enumerable.Range(0, options.Users),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (number, _) =>
        {
            await Live(number);
            progress.Report(Interlocked.Increment(ref _users));
        });

    private async Task Live(int number)
    {
        var chance = new Random(HashCode(options.Seed, number));
        var user = Character.Make(number, options, chance);
        var session = await PastSession.Open(ledger, rules, user.Key, user.Person with { Verified = rules.Settings.RequireVerifiedIdentity && user.Person.ExternalId is not null });
        foreach (var (at, name) in Life.Of(user, options, _happenings, chance))
        {
            var id = Chance.Id(chance, at);
            // Now and then a browser was offline.
            var age = chance.NextDouble() < Late ? TimeSpan.FromMinutes(2 + (40 * chance.NextDouble())) : TimeSpan.Zero;
            // What is drawn for a prompt must not depend on whether there is one.
            var mind = new Random(chance.Next());
            if (await session.Fire(new IncomingEvent(id, name, at - age, age), user.Context, at) is { } prompt)
            {
                await Answer(session, prompt, mind);
            }
        }

        await session.Flush();
        Interlocked.Add(ref _accepted, session.Accepted);
        Interlocked.Add(ref _duplicates, session.Duplicates);
        Interlocked.Add(ref _refused, session.Refused);
    }

    private async Task Answer(PastSession session, Prompt prompt, Random mind)
    {
        var at = prompt.GrantedAt.AddSeconds(prompt.DelaySeconds + 0.1);
        if (mind.NextDouble() >= Painted)
        {
            return;
        }

        await Step(new PromptAnswer(prompt.Id, PromptStep.Seen, View: "seed"));
        at = at.AddSeconds(1 + Chance.Exponential(mind, 4));
        var does = mind.NextDouble();
        if (does >= Answered)
        {
            if (does < Answered + Dismissed)
            {
                await Step(new PromptAnswer(prompt.Id, PromptStep.Dismiss));
            }

            return;
        }

        var part = (prompt.GrantedAt - options.From) / (options.Until - options.From);
        var mood = Story.Mood(prompt.Event, part);
        var draw = mind.NextDouble();
        var reaction = draw < mood.Positive ? Reaction.Positive : draw < mood.Positive + mood.Neutral ? Reaction.Neutral : Reaction.Frustrated;
        await Step(new PromptAnswer(prompt.Id, PromptStep.Reaction, Reaction: reaction));
        if (reaction != Reaction.Positive && mind.NextDouble() < Written)
        {
            at = at.AddSeconds(5 + Chance.Exponential(mind, 12));
            await Step(new PromptAnswer(prompt.Id, PromptStep.Comment, Text: Comments.About(prompt.Event, part, mind)));
        }

        Task Step(PromptAnswer answer) => at < options.Until ? session.Answer(answer, at) : Task.CompletedTask;
    }

    /// <summary>The runtime's own hash differs from run to run.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + (number * 7_919)) & int.MaxValue;
}
