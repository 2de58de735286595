using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>Turns an event into the fire to be committed, with its verdict and, when it asks, the grant.</summary>
internal static class Firing
{
    public static async Task<Fire> Decided(
        ILedger ledger, SessionMemory memory, string user, WorkspaceSnapshot rules, FireBatch batch, IncomingEvent occurred)
    {
        var test = UserKeys.IsTest(user);
        var moment = rules.Moments.GetValueOrDefault(occurred.Name);
        var occasion = new Occasion(
            occurred.Id, user, moment, occurred.Age, batch.IsBot, test,
            memory.Known(batch.Person), batch.Context, rules.Settings.QuietPeriodHours,
            CapReached: moment?.ResponseCap is { } cap && await ledger.ReadCapUse(rules.Workspace, occurred.Name, batch.ReceivedAt) >= cap,
            batch.ReceivedAt);
        var decision = Decide.Fire(occasion, memory.Prompts);
        return new Fire
        {
            Workspace = rules.Workspace,
            Id = occurred.Id,
            Event = occurred.Name,
            UserKey = user,
            At = occurred.At,
            ReceivedAt = batch.ReceivedAt,
            Verdict = decision.Verdict,
            Until = decision.Until,
            Test = test,
            IsMoment = moment is not null,
            Limits = Limits.Of(rules),
            AlertTo = Limits.AlertTo(rules, test),
            UserLabel = UserLabels.For(occasion.Person, user),
            Grant = decision.Verdict == Verdict.Shown ? Grants.Make(occasion, memory.Version) : null,
        };
    }
}
