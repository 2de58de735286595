using System.Collections.Immutable;
using Conclude.Ledger.Outbox;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Reading;

/// <summary>Reads of the outbox.</summary>
internal static class DeliveryQueries
{
    private const int MaxCounted = 10_000;
    private const int FirstOfAnswer = 15;

    public static ImmutableArray<Delivery> Due(IQueries queries, string workspace, string webhook, DateTimeOffset now, int limit) =>
        UserQueries.Workspace(queries, workspace) is { } id ? Rows(queries.Open("due_deliveries").Add(id).Add(webhook).Add(now).Add(limit)) : [];

    public static ImmutableArray<Delivery> Page(IQueries queries, string workspace, string webhook, int limit, Guid? before) =>
        UserQueries.Workspace(queries, workspace) is { } id
            ? Rows(queries.Open("deliveries").Add(id).Add(webhook).Add(before ?? Guid.AllBitsSet).Add(limit))
            : [];

    public static Delivery? Find(IQueries queries, string workspace, Guid delivery) =>
        UserQueries.Workspace(queries, workspace) is { } id && Rows(queries.Open("delivery").Add(id).Add(delivery)) is [var found] ? found : null;

    public static DateTimeOffset? NextAttempt(IQueries queries, string workspace, string webhook)
    {
        if (UserQueries.Workspace(queries, workspace) is not { } id)
        {
            return null;
        }
        using var row = queries.Open("next_attempt").Add(id).Add(webhook);
        row.Next();
        return row.TimeOrNull(0);
    }

    public static ImmutableArray<WaitingWebhook> Waiting(IQueries queries, DateTimeOffset now)
    {
        var waiting = ImmutableArray.CreateBuilder<WaitingWebhook>();
        var (workspace, webhook) = (0L, "");
        while (true)
        {
            string key;
            DateTimeOffset first;
            using (var row = queries.Open("next_pending_webhook").Add(workspace).Add(webhook))
            {
                if (!row.Next())
                {
                    return waiting.DrainToImmutable();
                }
                (key, webhook, first, workspace) = (row.Text(0), row.Text(1), row.Time(2), row.Long(3));
            }
            using var due = queries.Open("count_due").Add(workspace).Add(webhook).Add(now).Add(MaxCounted);
            due.Next();
            waiting.Add(new WaitingWebhook(key, webhook, first, (int)due.Long(0)));
        }
    }

    public static ImmutableDictionary<string, DateTimeOffset> Failing(IQueries queries, string workspace)
    {
        var failing = ImmutableDictionary.CreateBuilder<string, DateTimeOffset>(StringComparer.Ordinal);
        if (UserQueries.Workspace(queries, workspace) is { } id)
        {
            using var rows = queries.Open("webhook_failures").Add(id);
            while (rows.Next())
            {
                failing[rows.Text(0)] = rows.Time(1);
            }
        }
        return failing.ToImmutable();
    }

    private static ImmutableArray<Delivery> Rows(Query rows)
    {
        using (rows)
        {
            var read = ImmutableArray.CreateBuilder<Delivery>();
            while (rows.Next())
            {
                read.Add(Read(rows));
            }
            return read.DrainToImmutable();
        }
    }

    private static Delivery Read(Query row) => new()
    {
        Id = row.Guid(0),
        Webhook = row.Text(1),
        Type = row.Text(2),
        Sequence = row.Long(3),
        At = row.Time(4),
        Data = row.TextOrNull(5),
        State = (DeliveryState)row.Long(6),
        Since = row.Time(7),
        Tries = (int)row.Long(8),
        Attempts = (int)row.Long(9),
        NextAt = row.TimeOrNull(10),
        TriedAt = row.TimeOrNull(11),
        Status = (int?)row.LongOrNull(12),
        Duration = row.LongOrNull(13) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        Error = row.TextOrNull(14),
        Answer = row.IsNull(FirstOfAnswer) ? null : Answer(row, FirstOfAnswer),
    };

    private static ToldAnswer Answer(Query row, int first) => new(
        row.Guid(first), row.Text(first + 1), row.Text(first + 10), (Reaction)row.Long(first + 2), row.TextOrNull(first + 3),
        PersonJson.Read(row.TextOrNull(first + 4)), new PageContext(row.TextOrNull(first + 5), row.TextOrNull(first + 6), row.TextOrNull(first + 7)),
        row.Time(first + 8), row.TimeOrNull(first + 9));
}
