using System.Text.Json;
using System.Text.RegularExpressions;
using Conclude.Ledger.Postgres;
using Conclude.Testing;
using Npgsql;

namespace Conclude.Ledger.Tests;

/// <summary>
/// The writer's statements find rows by key from the first day on: a plan made while a table is empty lives on while it grows, and one
/// that went through the table made every event of a fresh database cost forty times as much within seconds.
/// </summary>
public sealed partial class PostgresPlanTests
{
    public static TheoryData<string> Statements => [.. Dialect.Write.Where(static s => s.Value.Contains('$', StringComparison.Ordinal)).Select(static s => s.Key)];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_finds_rows_by_key_even_if_it_was_planned_on_empty_tables(string statement)
    {
        await using var connection = new Connections(new() { ConnectionString = Migrated }).OpenWriter();
        var sql = Dialect.Write[statement];
        var nulls = Parameter().Matches(sql).Max(static m => int.Parse(m.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        Connections.Execute(connection, "SET plan_cache_mode = force_generic_plan");
        Connections.Execute(connection, $"PREPARE s AS {sql}");

        await using NpgsqlCommand explain = new($"EXPLAIN (FORMAT JSON) EXECUTE s({string.Join(", ", Enumerable.Repeat("NULL", nulls))})", connection);
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

        foreach (var node in Nodes(plan.RootElement[0].GetProperty("Plan")).Where(static n => n.TryGetProperty("Relation Name", out _)))
        {
            var kind = node.GetProperty("Node Type").GetString()!;
            Assert.True(
                kind is "ModifyTable" || node.TryGetProperty("Index Cond", out _) || node.TryGetProperty("TID Cond", out _),
                $"{kind} goes through {node.GetProperty("Relation Name")}: {plan.RootElement}");
        }
    }

    private static string Migrated { get; } = NewDatabase();

    private static string NewDatabase()
    {
        var database = PostgresServer.Get().NewDatabase();
        Postgres.Migrator.Run(new Connections(new() { ConnectionString = database }));
        return database;
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    [GeneratedRegex(@"\$(?<number>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
