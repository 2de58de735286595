using Conclude.Ledger.Outbox;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>Writes deliveries in the transaction of what they tell of.</summary>
internal static class OutboxRows
{
    private sealed record Row(WorkspaceState Workspace, string Webhook, ToldStep Step, long After);

    private sealed record Alert(WorkspaceState Workspace, long Month, long Moved, int Percent, long Threshold, string Webhook, Fire Fire);

    public static void Write(Pipeline pipeline, BatchState state, CommitLog log)
    {
        if (state.Told.Count > 0)
        {
            Tell(pipeline, state, log);
        }
        if (state.Watched.Count > 0)
        {
            Watch(pipeline, state, log);
        }
    }

    private static void Tell(Pipeline pipeline, BatchState state, CommitLog log)
    {
        var moves = state.Told.GroupBy(static t => t.Workspace).OrderBy(static g => g.Key.Id).Select(static g => (g.Key.Id, Steps: g.ToArray())).ToArray();
        Row[] rows = [.. moves.SelectMany(static m => m.Steps.SelectMany((step, i) => step.Webhooks.Select(w => new Row(step.Workspace, w, step, m.Steps.Length - 1 - i))))];
        pipeline.Then("tell_webhooks", rows: rows.Length)
            .Add(moves.Select(static m => (int)m.Id)).Add(moves.Select(static m => (long)m.Steps.Length))
            .Add(rows.Select(static r => (int)r.Workspace.Id)).Add(rows.Select(static r => Guid.CreateVersion7(r.Step.At))).Add(rows.Select(static r => r.Webhook))
            .Add(rows.Select(static r => r.Step.Type)).Add(rows.Select(static r => r.After)).Add(rows.Select(static r => UtcTime.Ms(r.Step.At)))
            .Add(rows.Select(static r => r.Step.Prompt));
        foreach (var row in rows)
        {
            log.AddTold(row.Workspace.Key, row.Webhook);
        }
    }

    /// <summary>The store knows the sum, which a plain batch does not: it tells whom the batch gave something to hear.</summary>
    private static void Watch(Pipeline pipeline, BatchState state, CommitLog log)
    {
        Alert[] rows =
        [
            .. from watched in state.Watched
               let moved = state.Months[watched.Key].Moved
               from alert in QuotaAlerts.Of(watched.Value.Limits.EventsPerMonth)
               from webhook in watched.Value.AlertTo
               orderby watched.Key, alert.Threshold
               select new Alert(state.ById[watched.Key.Workspace], watched.Key.Month, moved, alert.Percent, alert.Threshold, webhook, watched.Value),
        ];
        pipeline.Then("raise_alerts", row => log.AddTold(state.ById[row.Long(0)].Key, row.Text(1)))
            .Add(rows.Select(static r => (int)r.Workspace.Id)).Add(rows.Select(static r => r.Month)).Add(rows.Select(static r => r.Threshold))
            .Add(rows.Select(static r => r.Moved)).Add(rows.Select(static r => Guid.CreateVersion7(r.Fire.ReceivedAt))).Add(rows.Select(static r => r.Webhook))
            .Add(rows.Select(static r => UtcTime.Ms(r.Fire.ReceivedAt)))
            .Add(rows.Select(static r => QuotaAlerts.Data(r.Percent, r.Threshold, r.Fire.Limits.EventsPerMonth, r.Fire.ReceivedAt)));
    }
}
