using System.Collections.Immutable;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Sqlite;

/// <summary>Writes deliveries in the transaction of what they tell of.</summary>
internal sealed class OutboxWriter(CommitLog log)
{
    /// <param name="prompt">The prompt of an answer; null for other facts.</param>
    public void Write(
        Session session, WorkspaceState workspace, string type, DateTimeOffset at, ImmutableArray<string> webhooks, Guid? prompt, string? data)
    {
        var sequence = Sequence(session, workspace);
        foreach (var webhook in webhooks)
        {
            session["tell_webhook"].Open().Add(workspace.Id).Add(Guid.CreateVersion7(at)).Add(webhook).Add(type).Add(sequence).Add(at).Add(prompt).Add(data).Run();
            log.AddTold(workspace.Key, webhook);
        }
    }

    /// <summary>The month's count grows by one at a time, so each threshold is met exactly once.</summary>
    public void Alert(Session session, WorkspaceState workspace, Fire fire, long used)
    {
        var limit = fire.Limits.EventsPerMonth;
        foreach (var (percent, threshold) in QuotaAlerts.Of(limit))
        {
            if (used == threshold)
            {
                Write(session, workspace, FactTypes.AlertRaised, fire.ReceivedAt, fire.AlertTo, prompt: null, QuotaAlerts.Data(percent, threshold, limit, fire.ReceivedAt));
            }
        }
    }

    private static long Sequence(Session session, WorkspaceState workspace)
    {
        using var moved = session["move_sequence"].Open().Add(workspace.Id);
        moved.Next();
        return moved.Long(0);
    }
}
