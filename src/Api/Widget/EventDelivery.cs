using System.Collections.Immutable;
using Conclude.Grains;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.Widget;

/// <summary>Takes events where they belong: to the user's session when one of them is a moment, else straight into the ledger.</summary>
internal sealed class EventDelivery(ILedger ledger, IGrainFactory grains, ToldIdentities told)
{
    /// <summary>A browser moves to its person, and a person never moves: one hop is usual, more are a race.</summary>
    private const int MaxHops = 3;

    /// <returns>One answer for each event, in order.</returns>
    public async Task<ImmutableArray<FireAnswer>> Deliver(WorkspaceSnapshot workspace, EventsIntake intake, bool isBot, DateTimeOffset receivedAt)
    {
        if (intake.Events.IsEmpty)
        {
            return [];
        }

        var answers = HasMoment(workspace, intake.Events)
            ? await Ask(workspace, intake, isBot, receivedAt)
            : await Record(workspace, intake, isBot, receivedAt);
        if (intake.Print is { } print)
        {
            told.Add(print);
        }

        return answers;
    }

    private static bool HasMoment(WorkspaceSnapshot workspace, ImmutableArray<IncomingEvent> events)
    {
        if (!workspace.Moments.IsEmpty)
        {
            foreach (var occurred in events)
            {
                if (workspace.Moments.ContainsKey(occurred.Name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task<ImmutableArray<FireAnswer>> Ask(WorkspaceSnapshot workspace, EventsIntake intake, bool isBot, DateTimeOffset receivedAt)
    {
        var answers = ImmutableArray<FireAnswer>.Empty;
        var userKey = intake.UserKey;
        for (var hop = 0; hop <= MaxHops; hop++)
        {
            var batch = new FireBatch(intake.Events[answers.Length..], intake.Person, intake.Browser, intake.Context, receivedAt, isBot);
            var answer = await grains.Session(workspace.Workspace, userKey).Fire(batch);
            answers = answers.AddRange(answer.Answers);
            if (answer.MovedTo is null)
            {
                return answers;
            }

            userKey = answer.MovedTo;
        }

        throw new LedgerUnavailableException("This user keeps moving.");
    }

    /// <summary>No rule but "is it a crawler" can hold here, so no session is asked.</summary>
    private async Task<ImmutableArray<FireAnswer>> Record(WorkspaceSnapshot workspace, EventsIntake intake, bool isBot, DateTimeOffset receivedAt)
    {
        if (intake.Print is { } print && !told.Contains(print))
        {
            await grains.Session(workspace.Workspace, intake.UserKey).Identify(intake.Person, intake.Browser, receivedAt);
        }

        var limits = Limits.Of(workspace);
        var alertTo = Limits.AlertTo(workspace, UserKeys.IsTest(intake.UserKey));
        var label = UserLabels.For(intake.Person, intake.UserKey);
        var fires = new Fire[intake.Events.Length];
        for (var i = 0; i < fires.Length; i++)
        {
            var occurred = intake.Events[i];
            fires[i] = new Fire
            {
                Workspace = workspace.Workspace,
                Id = occurred.Id,
                Event = occurred.Name,
                UserKey = intake.UserKey,
                At = occurred.At,
                ReceivedAt = receivedAt,
                Verdict = isBot ? Verdict.Bot : Verdict.NoMoment,
                Test = UserKeys.IsTest(intake.UserKey),
                Limits = limits,
                AlertTo = alertTo,
                UserLabel = label,
            };
        }

        var results = await ledger.Append(fires);
        var answers = ImmutableArray.CreateBuilder<FireAnswer>(fires.Length);
        for (var i = 0; i < fires.Length; i++)
        {
            var result = results[i];
            answers.Add(new FireAnswer(fires[i].Id, result.Status, result.Verdict, result.Until, result.Prompt));
        }

        return answers.MoveToImmutable();
    }
}
