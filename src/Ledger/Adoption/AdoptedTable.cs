using Conclude.Ledger.Writing;
using static Conclude.Ledger.Adoption.ColumnKind;

namespace Conclude.Ledger.Adoption;

/// <summary>A table that is copied row by row, in the order of its key.</summary>
/// <param name="KeyColumns">How many of the columns, from the first on, make the key.</param>
/// <param name="Identity">The column whose numbers the target goes on giving out, if any.</param>
internal sealed record AdoptedTable(string Name, int KeyColumns, AdoptedColumn[] Columns, string? Identity = null)
{
    /// <summary>Every table of the ledger but <c>meta</c>, whose few values have rules of their own.</summary>
    public static AdoptedTable[] All { get; } =
    [
        new("workspaces", 1, [new("id", Integer), new("key", Text)], "id"),
        new("names", 1, [new("id", Integer), new("workspace", Integer), new("name", Text)], "id"),
        new("event_names", 1, [
            new("name", Integer), new("workspace", Integer), new("first_seen", Big), new("last_seen", Big), new("moment", Truth), .. Counters()]),
        new("totals", 3, [new("workspace", Integer), new("hour", Big), new("name", Integer), .. Counters()]),
        new("usage", 2, [new("workspace", Integer), new("month", Big), new("fires", Big)]),
        new("test_usage", 2, [new("workspace", Integer), new("day", Big), new("fires", Big)]),
        new("caps", 1, [new("name", Integer), new("answers", Big)]),
        new("horizons", 1, [new("workspace", Integer), new("events", Big)]),
        new("erasures", 2, [
            new("workspace", Integer), new("user_key", Text), new("fresh_key", Text), new("events_until", Big), new("prompts_until", Big)]),
        new("users", 2, [
            new("workspace", Integer), new("user_key", Text), new("version", Big),
            new("verified", Truth, "coalesce(json_extract(facts, '$.verified'), 0)"), new("facts", Text)]),
        new("links", 2, [
            new("workspace", Integer), new("anonymous_key", Text), new("person_key", Text), new("verified", Truth), new("linked_at", Big)]),
        new(
            "prompts", 1,
            [
                new("seq", Big), new("workspace", Integer), new("id", Uuid), new("name", Integer), new("user_key", Text), new("test", Truth),
                new("granted_at", Big), new("lease_until", Big), new("live_until", Big), new("seen_at", Big), new("view", Text),
                new("reaction", Small), new("reacted_at", Big), new("comment", Text), new("commented_at", Big), new("dismissed_at", Big),
                new("question", Text), new("follow_up", Text), new("definition_version", Big), new("delay_seconds", Integer),
                new("person", Text), new("url", Text), new("locale", Text), new("device", Text),
            ],
            "seq"),
        new("events", 2, [
            new("workspace", Integer), new("id", Uuid), new("name", Integer), new("user_key", Text), new("at", Big), new("received_at", Big),
            new("verdict", Small), new("until", Big), new("prompt", Uuid), new("test", Truth), new("user_label", Text)]),
        new("audit", 2, [
            new("workspace", Text), new("seq", Big), new("at", Big), new("author_kind", Small), new("author", Text), new("kind", Text),
            new("subject", Text), new("changes", Text)]),
        new("deliveries", 2, [
            new("workspace", Integer), new("id", Uuid), new("webhook", Text), new("type", Text), new("sequence", Big), new("at", Big),
            new("prompt", Uuid), new("data", Text), new("state", Small), new("since", Big), new("tries", Integer), new("attempts", Integer),
            new("next_at", Big), new("tried_at", Big), new("status", Integer), new("duration", Integer), new("error", Text)]),
        new("webhook_sequences", 1, [new("workspace", Integer), new("value", Big)]),
        new("webhook_failures", 2, [new("workspace", Integer), new("webhook", Text), new("since", Big)]),
    ];

    public IEnumerable<AdoptedColumn> Key => Columns.Take(KeyColumns);

    public string KeyList => string.Join(", ", Key.Select(static c => c.Name));

    private static IEnumerable<AdoptedColumn> Counters() => Enumerable.Range(0, CounterColumns.Count).Select(static i => new AdoptedColumn(CounterColumns.Name(i), Big));
}
