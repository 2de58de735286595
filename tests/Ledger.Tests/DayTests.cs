using System.Collections.Immutable;
using Conclude.Ledger.Postgres;
using Npgsql;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Proves the read of all names by day: days where the viewer has them, each fire in one of them, by an index.</summary>
public sealed class DayTests
{
    // Two days of 24 hours that begin at 22:00 UTC, and between them one of 25: where clocks went back.
    private static readonly ImmutableArray<DateTimeOffset> Days =
        [Noon.AddHours(-86), Noon.AddHours(-62), Noon.AddHours(-37), Noon.AddHours(-13)];

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Fires_fall_on_the_days_that_hold_their_hour(Store store)
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append(
        [
            Fire(at: Days[0].AddMinutes(-1)),
            Fire(at: Days[0]),
            Fire(at: Days[1].AddMinutes(-1)),
            Fire(at: Days[1].AddHours(24).AddMinutes(59), verdict: Verdict.SampledOut),
            Fire(at: Days[2]),
            Fire(at: Days[3]),
            Fire("opened", at: Days[2].AddHours(1)),
            Fire("opened", at: Days[2].AddHours(1), test: true),
            Fire("opened", at: Days[1], workspace: "other"),
        ]);
        var read = await test.Ledger.ReadDays(Acme, Days, TestContext.Current.CancellationToken);
        Assert.Equal(["opened", Export], read.Select(static s => s.Event));
        Assert.Equal([0L, 0, 1], read[0].Days.Select(static d => d.Fires));
        Assert.Equal([2L, 1, 1], read[1].Days.Select(static d => d.Fires));
        Assert.Equal((1L, 6L), (read[0].AllTimeFires, read[1].AllTimeFires));
        Assert.Empty(await test.Ledger.ReadDays("nobody", Days, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_was_asked_seen_and_answered_is_counted_by_its_own_hour(Store store)
    {
        await using var test = TestLedger.On(store);
        var fire = Granted(0, at: Days[0].AddHours(1));
        await test.Ledger.Append([fire, Fire("quiet", at: Days[0].AddDays(-9))]);
        var seen = Seen(fire.Grant!.Prompt, 1, Days[1].AddHours(1));
        Assert.True(await test.Ledger.Change(seen));
        Assert.True(await test.Ledger.Change(React(seen.After, 2, Days[2].AddHours(1))));
        var read = await test.Ledger.ReadDays(Acme, Days, TestContext.Current.CancellationToken);
        Assert.Equal([new DayTotals(0, 0, 0, 0), default, default], read[0].Days);
        Assert.Equal([new DayTotals(1, 1, 0, 0), new DayTotals(0, 0, 1, 0), new DayTotals(0, 0, 0, 1)], read[1].Days);
    }

    [Fact]
    public async Task The_store_goes_through_the_hours_of_one_workspace_only()
    {
        await using var test = TestLedger.On(Store.Postgres);
        await using NpgsqlConnection connection = new(test.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Connections.Execute(connection, "SET plan_cache_mode = force_generic_plan");
        Connections.Execute(connection, $"PREPARE s AS {Dialect.Read["days"]}");
        await using NpgsqlCommand explain = new("EXPLAIN EXECUTE s(1, '[[1,2],[2,3]]')", connection);
        await using var lines = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> plan = [];
        while (await lines.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(lines.GetString(0));
        }

        Assert.Contains(plan, static line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("workspace = ", StringComparison.Ordinal) && line.Contains("hour >= ", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, static line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
