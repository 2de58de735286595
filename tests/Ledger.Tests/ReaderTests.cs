using Conclude.Ledger.Reading;
using Microsoft.Data.Sqlite;

namespace Conclude.Ledger.Tests;

/// <summary>Proves that what anybody may ask for, or ask for at length, does not stand in the way of the rest.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task Long_reads_leave_connections_to_the_short_ones()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        using ReaderPool pool = new(test.Database, new SqliteLedgerOptions { DataDirectory = test.Folder, Readers = 2 });
        using ManualResetEventSlim end = new();
        using SemaphoreSlim begun = new(0);
        var scans = Enumerable.Range(0, 2).Select(_ => pool.Scan(
            s =>
            {
                begun.Release();
                end.Wait();
                return TotalsQueries.Epoch(s);
            },
            CancellationToken.None)).ToArray();
        try
        {
            await begun.WaitAsync();
            // Whichever scan could still begin stands before this in the pool's queue.
            await Task.Run(static () => { });
            using CancellationTokenSource soon = new(TimeSpan.FromSeconds(3));
            Assert.Equal(1, await pool.Read(TotalsQueries.Epoch, soon.Token));
        }
        finally
        {
            end.Set();
        }

        Assert.All(await Task.WhenAll(scans), static epoch => Assert.Equal(1, epoch));
    }

    [Fact]
    public async Task Questions_for_readiness_do_not_queue_up()
    {
        await using var test = TestLedger.On(Store.Sqlite);
        Task<bool>[] asked;
        using (var gate = Gate.Close(test))
        {
            asked = [.. Enumerable.Range(0, 200).Select(_ => test.Ledger.IsReady())];
            await gate.Open();
        }

        Assert.All(await Task.WhenAll(asked), Assert.True);
        Assert.InRange(await Probes(test), 1, 20);
        Assert.True(await test.Ledger.IsReady());
    }

    private static async Task<long> Probes(TestLedger test)
    {
        await using SqliteConnection store = new($"Data Source={test.Database};Pooling=False;Mode=ReadOnly");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE key = 'probe'";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
