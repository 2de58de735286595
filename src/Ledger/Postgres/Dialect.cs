using System.Collections.Frozen;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>This folder's SQL, with the lists of columns that it names in braces written out.</summary>
internal static class Dialect
{
    private static readonly SqlText Files = new("Postgres");
    private static readonly string[] Counters = [.. Enumerable.Range(0, CounterColumns.Count).Select(CounterColumns.Name)];
    private static readonly (string Name, string Columns)[] Lists =
    [
        ("{prompt}", """
            p.id, n.name, p.user_key, p.test, p.granted_at, p.lease_until, p.live_until, p.seen_at, p.view, p.reaction, p.reacted_at,
            p.comment, p.commented_at, p.dismissed_at, p.question, p.follow_up, p.definition_version, p.delay_seconds
            """),
        ("{fires}", string.Join(" + ", Counters[..Verdicts.Count])),
        ("{fires of e}", string.Join(" + ", Counters[..Verdicts.Count].Select(static c => $"e.{c}"))),
        ("{counters}", string.Join(", ", Counters)),
        ("{counters of e}", List(static (c, _) => $"e.{c}")),
        ("{counters of t}", List(static (c, _) => $"t.{c}")),
        // One flat array holds the counters of all rows: nineteen arrays would cost more to send than the statement to run.
        ("{moves of 4}", List(static (_, i) => $"($4::bigint[])[(k.row - 1) * {CounterColumns.Count} + {i + 1}]")),
        ("{moves of 6}", List(static (_, i) => $"($6::bigint[])[(k.row - 1) * {CounterColumns.Count} + {i + 1}]")),
        ("{answers of 2}", List(static (c, i) => $"{c} = t.{c} + ($2::bigint[])[(k.row - 1) * {CounterColumns.Count} + {i + 1}]")),
        ("{values}", List(static (c, _) => $"{c} = excluded.{c}")),
        ("{from 4}", List(static (_, i) => $"${i + 4}")),
        ("{from 6}", List(static (_, i) => $"${i + 6}")),
        ("{sums of t}", List(static (c, _) => $"{c} = t.{c} + excluded.{c}")),
    ];

    public static FrozenDictionary<string, string> Write { get; } = Statements("write");

    public static FrozenDictionary<string, string> Read { get; } =
        Statements("read").Concat(Statements("report")).Concat(Statements("verify")).ToFrozenDictionary(static s => s.Key, static s => s.Value, StringComparer.Ordinal);

    public static FrozenDictionary<string, string> Upkeep { get; } = Statements("upkeep");

    public static IReadOnlyList<(int Version, string Sql)> Migrations => Files.Migrations();

    private static FrozenDictionary<string, string> Statements(string file) =>
        Files.Statements(file).ToFrozenDictionary(static s => s.Key, static s => WrittenOut(s.Value), StringComparer.Ordinal);

    private static string WrittenOut(string sql) => Lists.Aggregate(sql, static (text, list) => text.Replace(list.Name, list.Columns, StringComparison.Ordinal));

    private static string List(Func<string, int, string> of) => string.Join(", ", Counters.Select(of));
}
