using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Ledger.Tests;

/// <summary>
/// Whatever the interleaving of fires, retries, late events, stale grants, steps, links, concurrent callers, a clock that steps back
/// and restarts: the ledger answers and holds what a plain model of it does.
/// </summary>
public abstract class HistoryProperties(Store store, int cases)
{
    /// <summary>Steps that each caller takes between two points where the ledger may be reopened.</summary>
    private const int StepsInRound = 8;
    private static readonly string[] Workspaces = ["acme", "other"];

    [Fact]
    public void Any_history_leaves_the_sums_of_a_plain_model()
    {
        var steps = Gen.Choose(0, 10_000).ListOf(64).ToArbitrary();
        Prop.ForAll(steps, ArbMap.Default.ArbFor<int>(), (steps, seed) => Play(steps, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
    }

    private async Task<bool> Play(IEnumerable<int> steps, int seed)
    {
        // Small batches, so that one history meets many boundaries between them.
        await using var test = TestLedger.On(store, o =>
        {
            // Batches are small here, and everything is sent at once.
            o.MaxQueuedTime = TimeSpan.FromMinutes(1);
            o.MaxBatchFires = 7;
            o.TestFiresPerDay = History.TestFiresPerDay;
        });
        History[] callers = [.. Workspaces.Select((w, i) => new History(test, w, seed + 2 * i))];
        foreach (var round in steps.Chunk(StepsInRound))
        {
            // Each workspace has a caller of its own, so that its order is known; between them the queue decides.
            await Task.WhenAll(callers.Select(caller => Task.Run(async () =>
            {
                foreach (var step in round)
                {
                    await caller.Do(step);
                }
            })));
            if (round[0] % 3 == 0)
            {
                // With operations still in the queue: what was taken is written before the end.
                await test.Reopen();
            }
        }
        foreach (var caller in callers)
        {
            await caller.Check();
        }
        Assert.Empty(await test.Ledger.Verify());
        return true;
    }
}

public sealed class HistoryPropertiesOnSqlite() : HistoryProperties(Store.Sqlite, cases: 100);

/// <summary>Fewer cases: each makes a database.</summary>
public sealed class HistoryPropertiesOnPostgres() : HistoryProperties(Store.Postgres, cases: 20);
