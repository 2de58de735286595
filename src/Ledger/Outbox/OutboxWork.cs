using Conclude.Ledger.Reading;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Outbox;

/// <summary>Writes to the outbox that are no part of a fact's own transaction; each call is one.</summary>
internal static class OutboxWork
{
    public const int BatchRows = 500;

    public static bool Tell(IQueries queries, string workspace, IReadOnlyList<ToldFact> facts)
    {
        queries.Run("ensure_workspace", workspace);
        var id = Id(queries, workspace)!.Value;
        foreach (var fact in facts)
        {
            var added = fact.Webhooks.Select(webhook => (Webhook: webhook, Id: DeliveryIds.Of(fact.At, fact.Cause, webhook)))
                .Where(d => queries.Rows("has_delivery", static _ => true, id, d.Id).Count == 0).ToArray();
            if (added.Length == 0)
            {
                continue;
            }
            var sequence = queries.Rows("move_sequence", static row => row.Long(0), id)[0];
            foreach (var delivery in added)
            {
                queries.Run("add_delivery", id, delivery.Id, delivery.Webhook, fact.Type, sequence, UtcTime.Ms(fact.At), fact.Data, UtcTime.Ms(fact.At));
            }
        }
        return true;
    }

    public static DateTimeOffset? Record(IQueries queries, string workspace, string webhook, Guid delivery, DeliveryAttempt attempt)
    {
        if (Id(queries, workspace) is not { } id)
        {
            return null;
        }
        var state = attempt.Error is null ? DeliveryState.Delivered : attempt.NextAt is null ? DeliveryState.Failed : DeliveryState.Pending;
        queries.Run(
            "record_attempt", id, delivery, UtcTime.Ms(attempt.At), attempt.Status ?? 0, (long)attempt.Duration.TotalMilliseconds, attempt.Error ?? "",
            (int)state, attempt.NextAt is { } next ? UtcTime.Ms(next) : 0);
        if (attempt.Error is not null)
        {
            return UtcTime.Of(queries.Rows("webhook_fails", static row => row.Long(0), id, webhook, UtcTime.Ms(attempt.At))[0]);
        }
        queries.Run("webhook_works", id, webhook);
        return null;
    }

    public static bool Forgive(IQueries queries, string workspace, string webhook) =>
        Id(queries, workspace) is { } id && queries.Run("webhook_works", id, webhook) > 0;

    /// <returns>How many were ended; a full batch may have left some.</returns>
    public static int End(IQueries queries, string workspace, string webhook, string error) =>
        Id(queries, workspace) is { } id ? queries.Run("end_deliveries", id, webhook, error, BatchRows) : 0;

    public static bool Replay(IQueries queries, string workspace, Guid delivery, DateTimeOffset now) =>
        Id(queries, workspace) is { } id && queries.Run("replay_delivery", id, delivery, UtcTime.Ms(now)) > 0;

    private static long? Id(IQueries queries, string workspace) => queries.Rows("workspace", static row => row.Long(0), workspace) is [var id] ? id : null;
}
