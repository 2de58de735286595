using Conclude.Ledger.Upkeep;
using Conclude.Testing;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>Erasure where several silos write to one database: what another still holds is waited for, and what another is at is left to it.</summary>
public sealed class ErasureElsewhereTests
{
    private const string Person = "u:lovelace";

    /// <summary>Two statements of another silo that take all the time they may, after the longest wait in its queue.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(6.25);

    private readonly ManualTime _time = new();
    private readonly string _database = PostgresServer.Get().NewDatabase();

    [Fact]
    public async Task What_another_silo_took_in_before_and_writes_within_six_seconds_is_erased_too()
    {
        await using var here = Silo(_time);
        await using var there = Silo(TimeProvider.System);
        await here.Ledger.Append([Fire(user: Person), Fire()]);

        var erasing = here.StoreLedger.Erase(Acme, Person);
        await Until(() => _time.IsAwaited(Elsewhere));
        Assert.Equal(0L, await here.Tamper(Events));
        await there.Ledger.Append([Fire(user: Person)]);
        _time.Advance(Elsewhere - TimeSpan.FromMilliseconds(1));
        Assert.False(erasing.IsCompleted);
        Assert.Equal(1L, await here.Tamper(Events));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new EraseResult(1, 2, 0), await erasing);
        Assert.Equal(0L, await here.Tamper(Events));
        Assert.True((await there.StoreLedger.Verify(progress: null)).Agrees);
    }

    [Fact]
    public async Task A_silo_that_starts_while_another_erases_leaves_it_to_that_one_and_ends_it_when_that_one_has_gone()
    {
        await using var erases = Silo(_time);
        await erases.Ledger.Append([Fire(user: Person)]);
        var erasing = erases.StoreLedger.Erase(Acme, Person);
        await Until(() => _time.IsAwaited(Elsewhere));
        // Something left to do, whoever does it.
        await erases.Ledger.Append([Fire(user: Person)]);

        ManualTime time = new();
        await using var starts = Silo(time);
        await Until(() => time.IsAwaited(Erasure.LookAgainAfter));
        time.Advance(Erasure.LookAgainAfter);
        await Until(() => time.IsAwaited(Erasure.LookAgainAfter));
        Assert.Equal(1L, await erases.Tamper(Events));

        await erases.Close();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => erasing);
        time.Advance(Erasure.LookAgainAfter);
        await Until(() => time.IsAwaited(Elsewhere));
        time.Advance(Elsewhere);
        await Until(() => PostgresServer.Execute(_database, "SELECT count(*) FROM erasures") is 0L);
        Assert.Equal(0L, await starts.Tamper(Events));
        Assert.True((await starts.StoreLedger.Verify(progress: null)).Agrees);
    }

    private static string Events => $"SELECT count(*) FROM events WHERE user_key = '{Person}'";

    private TestLedger Silo(TimeProvider time) => TestLedger.OnPostgres(
        _database, static o => (o.SingleProcess, o.UpkeepPause) = (false, TimeSpan.Zero), time);

    private static async Task Until(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "It did not come to hold within 20 s.");
            await Task.Delay(5);
        }
    }
}
