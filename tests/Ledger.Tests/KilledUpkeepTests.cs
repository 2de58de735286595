using System.Globalization;
using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>A process is killed with -9 inside an erasure or retention: every sum stays right, and whoever opens the store next ends the work.</summary>
public abstract class KilledUpkeepTests(Store store)
{
    private const string Person = "u:lovelace";
    private const int Events = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static DateTimeOffset LongAgo => TimeProvider.System.GetUtcNow().AddDays(-40);

    [Theory]
    [InlineData("erase")]
    [InlineData("trim")]
    public async Task Killed_inside_it_is_ended_by_the_next_process_and_no_sum_moves(string work)
    {
        await using var test = TestLedger.On(store);
        await test.Ledger.Append([.. Enumerable.Range(0, Events).Select(static n => Fire($"name_{n % 5}", Person, LongAgo.AddSeconds(n)))]);
        await test.Ledger.Append([Granted((await test.Ledger.ReadUser(Acme, Person)).Version, user: Person, at: LongAgo), Fire(at: TimeProvider.System.GetUtcNow())]);
        var before = await Sums(test);
        await test.Close();

        await Kill(test, work);
        Assert.InRange(await Left(test), 1, Events);

        await test.Reopen();
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
        await End(test, work);
        Assert.Equal(0, await Left(test));
        Assert.Equal(before, await Sums(test));
        Assert.Equal(work == "erase" ? Events + 2L : 1L, await test.Tamper("SELECT count(*) FROM events"));
        Assert.True((await test.StoreLedger.Verify(progress: null)).Agrees);
    }

    /// <summary>What the other process does.</summary>
    internal static async Task Work(string at, string work)
    {
        await using StoreLedger ledger = at.Contains('=', StringComparison.Ordinal) ? TestLedger.CreatePostgres(at, Slow) : TestLedger.Create(at, Slow);
        ledger.Open();
        if (work == "erase")
        {
            await ledger.Erase(Acme, Person);
            return;
        }

        while (!(await ledger.Trim(Acme, LongAgo.AddDays(30))).IsDone)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static void Slow(StoreLedgerOptions options) => (options.UpkeepRows, options.UpkeepPause) = (5, TimeSpan.FromMilliseconds(20));

    private async Task Kill(TestLedger test, string work)
    {
        using var process = OtherProcess.StartUpkeep(test.ConnectionString ?? test.Folder, work);
        var failed = process.StandardError.ReadToEndAsync();
        while (await Left(test) > Events - 20)
        {
            Assert.False(process.HasExited, process.HasExited ? await failed : "");
            await Task.Delay(5);
        }

        process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
    }

    /// <summary>An erasure goes on by itself; retention when somebody has its turn.</summary>
    private static async Task End(TestLedger test, string work)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (work == "erase" ? await test.Tamper("SELECT count(*) FROM erasures") is not 0L : !(await test.StoreLedger.Trim(Acme, LongAgo.AddDays(30))).IsDone)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It was not ended.");
            await Task.Delay(5);
        }
    }

    private static async Task<int> Left(TestLedger test) =>
        Convert.ToInt32(await test.Tamper($"SELECT count(*) FROM events WHERE user_key = '{Person}'"), CultureInfo.InvariantCulture);

    private static async Task<string> Sums(TestLedger test) => string.Join('\n', (await test.Ledger.ReadNames(Acme, null, Noon))
        .Select(static n => $"{n.Name} {n.FirstSeen:O} {n.LastSeen:O} {n.AllTime}").Order(StringComparer.Ordinal))
        + await test.Ledger.ReadUsage(Acme, LongAgo);
}

public sealed class KilledUpkeepTestsOnSqlite() : KilledUpkeepTests(Store.Sqlite);

public sealed class KilledUpkeepTestsOnPostgres() : KilledUpkeepTests(Store.Postgres);
