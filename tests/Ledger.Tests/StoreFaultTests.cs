using System.Diagnostics;
using Microsoft.Data.Sqlite;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>A store that is full or locked: nothing is acknowledged, nothing half done stays, and it heals by itself.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task A_full_store_acknowledges_nothing_and_takes_again_when_space_is_back()
    {
        SqliteLedgerOptions? options = null;
        await using var test = TestLedger.OnSqlite(o =>
        {
            options = o;
            o.MaxPages = 80;
        });
        List<Fire> acknowledged = [];
        Fire[] refused = [];
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
        {
            while (true)
            {
                // A new name each time: what the failed batch learnt of it must not be believed later.
                refused = [.. Enumerable.Range(0, 50).Select(i => Fire($"name_{acknowledged.Count}_{i % 2}"))];
                await test.Ledger.Append(refused);
                acknowledged.AddRange(refused);
            }
        });

        Assert.NotEmpty(acknowledged);
        Assert.False(await test.Ledger.IsReady());
        Assert.Equal(acknowledged.Count, await Fires(test));
        Assert.Equal(acknowledged.Count, test.Commits.Sum(c => c.Fires.Length));
        Assert.Empty(await test.Ledger.Verify());

        options!.MaxPages = 0;
        var results = await test.Ledger.Append(refused);

        Assert.All(results, r => Assert.Equal(FireStatus.Accepted, r.Status));
        Assert.True(await test.Ledger.IsReady());
        Assert.Equal(acknowledged.Count + refused.Length, await Fires(test));
        Assert.Equal(acknowledged.Count + refused.Length, await test.Ledger.ReadUsage(Acme, Noon));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_locked_file_is_unavailable_within_the_busy_timeout_and_heals()
    {
        await using var test = TestLedger.OnSqlite(o => o.BusyTimeout = TimeSpan.FromMilliseconds(200));
        await test.Ledger.Append(Fire());
        await using var other = await Locked(test.Database);
        var fires = Enumerable.Range(0, 20).Select(_ => Fire("while_locked")).ToArray();

        var started = Stopwatch.GetTimestamp();
        foreach (var append in fires.Select(f => test.Ledger.Append([f])).ToArray())
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => append);
        }
        // The first alone and the rest as one batch: two waits, not twenty.
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3));
        Assert.False(await test.Ledger.IsReady());
        Assert.Equal(1, await Fires(test));

        await Execute(other, "ROLLBACK");
        Assert.True(await test.Ledger.IsReady());
        foreach (var fire in fires)
        {
            Assert.Equal(FireStatus.Accepted, (await test.Ledger.Append(fire)).Status);
        }
        Assert.Equal(21, await Fires(test));
        Assert.Empty(await test.Ledger.Verify());
    }

    [Fact]
    public async Task A_locked_store_does_not_hold_up_the_end()
    {
        using TempFolder folder = new();
        var ledger = TestLedger.Create(folder.Path, o =>
        {
            o.BusyTimeout = TimeSpan.FromMilliseconds(300);
            o.MaxBatchFires = 1;
        });
        ledger.Open();
        await using var other = await Locked(folder.Database);
        var waiting = Enumerable.Range(0, 100).Select(_ => ledger.Append([Fire()])).ToArray();

        var started = Stopwatch.GetTimestamp();
        await ledger.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        foreach (var append in waiting)
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => append);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_any_more_is_unavailable_to_readers_and_writers()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        await test.Ledger.Append(Fire());
        await test.Reopen();
        await File.WriteAllBytesAsync(test.Database, new byte[8_192]);

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => test.Ledger.Append(Fire()));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => test.Ledger.ReadUser(Acme, Ada));
        Assert.False(await test.Ledger.IsReady());
    }

    [Fact]
    public async Task A_read_that_is_cancelled_says_so()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Ledger.ReadUser(Acme, Ada, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Ledger.Verify(cancelled.Token));
        Assert.Equal(1, await test.Ledger.ReadEpoch());
    }

    [Fact]
    public async Task A_difference_between_rows_and_totals_is_told()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        var prompt = (await test.Ledger.Append(Granted(0))).Prompt!;
        await test.Ledger.Change(React(prompt, 1, Noon.AddSeconds(5)));
        Assert.Empty(await test.Ledger.Verify());

        await using (var other = await Connect(test.Database))
        {
            await Execute(other, "UPDATE totals SET frustrated = 3; UPDATE event_names SET seen = 0; UPDATE usage SET fires = 9; DELETE FROM caps");
        }

        Assert.Equal(
            [
                "acme/report_exported at 2026-11-22T12Z: frustrated is 3, the rows make 1",
                "acme/report_exported of all time: seen is 0, the rows make 1",
                "acme usage of 202611 is 9, the rows make 1",
                "acme/report_exported answers are 0, the rows make 1",
            ],
            await test.Ledger.Verify());
        await using (var other = await Connect(test.Database))
        {
            await Execute(other, "DELETE FROM prompts; UPDATE event_names SET first_seen = last_seen + 1");
        }
        var lost = await test.Ledger.Verify();
        Assert.Contains("acme/report_exported was fired before its first or after its last time", lost);
        Assert.Contains(lost, l => l.EndsWith("and its prompt do not agree", StringComparison.Ordinal));
    }

    internal static async Task<SqliteConnection> Connect(string file)
    {
        SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task<object?> Execute(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task<SqliteConnection> Locked(string file)
    {
        var connection = await Connect(file);
        await Execute(connection, "BEGIN EXCLUSIVE");
        return connection;
    }

    private static async Task<long> Fires(TestLedger test) => (await test.Ledger.ReadNames(Acme, null, Noon)).Sum(n => n.AllTime.Fires);
}
