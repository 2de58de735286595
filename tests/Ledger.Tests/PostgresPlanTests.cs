using System.Text.Json;
using System.Text.RegularExpressions;
using Conclude.Ledger.Postgres;
using Conclude.Testing;
using Npgsql;

namespace Conclude.Ledger.Tests;

/// <summary>
/// The writer's statements find rows by key, however small the tables were when their plans were made: a plan that goes through a table
/// is cheap while that is new, is kept while it grows, and soon made every event of a fresh database cost forty times as much.
/// </summary>
public sealed partial class PostgresPlanTests
{
    public static TheoryData<string> Statements => [.. Dialect.Write.Where(static s => s.Value.Contains('$', StringComparison.Ordinal)).Select(static s => s.Key)];

    [Theory]
    [InlineData("history")]
    [InlineData("prompt")]
    [InlineData("cap_use")]
    [InlineData("usage")]
    [InlineData("one_name")]
    [InlineData("fires_of_name")]
    [InlineData("facts_of_users")]
    public async Task A_short_read_finds_rows_by_key_soon_after_the_first_events(string statement)
    {
        await using var pool = new Connections(new() { ConnectionString = Migrated }).Pool();
        await using var connection = await pool.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await CheckPlan(connection, Dialect.Read[statement]);
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_finds_rows_by_key_soon_after_the_first_events(string statement)
    {
        await using var connection = new Connections(new() { ConnectionString = Migrated }).OpenWriter();
        await CheckPlan(connection, Dialect.Write[statement]);
    }

    private static async Task CheckPlan(NpgsqlConnection connection, string sql)
    {
        var nulls = Parameter().Matches(sql).Max(static m => int.Parse(m.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        Connections.Execute(connection, "SET plan_cache_mode = force_generic_plan");
        Connections.Execute(connection, $"PREPARE s AS {sql}");

        await using NpgsqlCommand explain = new($"EXPLAIN (FORMAT JSON) EXECUTE s({string.Join(", ", Enumerable.Repeat("NULL", nulls))})", connection);
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

        var scans = Nodes(plan.RootElement[0].GetProperty("Plan"))
            .Where(static n => n.TryGetProperty("Relation Name", out _) && n.GetProperty("Node Type").GetString() is not "ModifyTable");
        Assert.All(scans, scan => Assert.True(IsByKey(scan), $"It goes through {scan.GetProperty("Relation Name")}: {plan.RootElement}"));
    }

    // A condition that an index does not answer is a filter over all the rows that it does.
    private static bool IsByKey(JsonElement scan) =>
        (scan.TryGetProperty("TID Cond", out _) || (scan.TryGetProperty("Index Cond", out var condition) && !IsWholeWorkspace(scan, condition.GetString()!)))
        && (!scan.TryGetProperty("Filter", out var filter) || MayFilter(filter.GetString()!));

    // Of names there are as many as the plan allows; everything else in a workspace only grows.
    private static bool IsWholeWorkspace(JsonElement scan, string condition) =>
        !condition.Contains(" AND ", StringComparison.Ordinal) && condition.StartsWith("(workspace = ", StringComparison.Ordinal)
        && scan.GetProperty("Relation Name").GetString() is not "event_names";

    // The version of a row that was found by its place.
    private static bool MayFilter(string filter) => filter.StartsWith("(u.version = ", StringComparison.Ordinal);

    [Fact]
    public async Task Plans_made_for_the_first_events_do_not_outlive_them()
    {
        var database = PostgresServer.Get().NewDatabase();
        await using (var test = TestLedger.OnPostgres(database))
        {
            PostgresServer.Execute(database, "ANALYZE");
            var first = Facts.Fire();
            for (var i = 0; i < 10; i++)
            {
                // A copy makes the writer look before it writes, and plan how.
                await test.Ledger.Append(first);
            }
            for (var i = 0; i < 100; i++)
            {
                await test.Ledger.Append([.. Enumerable.Range(0, 100).Select(static _ => Facts.Fire()), first]);
            }
        }

        // A server process that has ended has told all that it counted.
        while (PostgresServer.Execute(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'Conclude%'") is not 0L)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
        var read = (long)PostgresServer.Execute(database, "SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname = 'events'")!;
        // Fifty million when they do.
        Assert.InRange(read, 1, 1_000_000);
    }

    private static string Migrated { get; } = NewDatabase();

    private static string NewDatabase()
    {
        var database = PostgresServer.Get().NewDatabase();
        Postgres.Migrator.Run(new Connections(new() { ConnectionString = database }));
        // As the server does by itself now and then: from now on it takes what it knows nothing of to be small.
        PostgresServer.Execute(database, "ANALYZE");
        PostgresServer.Execute(database, FewRows);
        return database;
    }

    // What is there when plans are made for the second time.
    private const string FewRows = """
        INSERT INTO workspaces(key) VALUES ('acme');
        INSERT INTO names(workspace, name) SELECT 1, 'n' || i FROM generate_series(1, 1000) AS i;
        INSERT INTO event_names SELECT i, 1, 0, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(1, 1000) AS i;
        INSERT INTO events SELECT gen_random_uuid(), 0, i, NULL, 1, i, 1, false, 'u:' || i, NULL, NULL FROM generate_series(1, 1000) AS i;
        INSERT INTO users SELECT 1, 'u:' || i, 1, false, NULL FROM generate_series(1, 1000) AS i;
        INSERT INTO links SELECT 1, 'a:' || i, 'u:' || i, false, 0 FROM generate_series(1, 1000) AS i;
        INSERT INTO prompts(workspace, id, name, user_key, test, granted_at, lease_until, live_until, question, definition_version, delay_seconds)
        SELECT 1, gen_random_uuid(), i, 'u:' || i, false, i, i, i, 'How?', 1, 0 FROM generate_series(1, 1000) AS i;
        INSERT INTO caps SELECT i, 0 FROM generate_series(1, 1000) AS i;
        INSERT INTO usage SELECT i, 202611, 1 FROM generate_series(1, 1000) AS i;
        INSERT INTO test_usage SELECT i, 20000, 1 FROM generate_series(1, 1000) AS i;
        """;

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    [GeneratedRegex(@"\$(?<number>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
