using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Ledger.Tests;

/// <summary>Whatever the interleaving of fires, retries, stale grants, steps, links and restarts: the ledger equals a plain model of it.</summary>
public abstract class HistoryProperties(Store store)
{
    [Fact]
    public void Any_history_leaves_the_sums_of_a_plain_model()
    {
        var steps = Gen.Choose(0, 10_000).ListOf(40).ToArbitrary();
        Prop.ForAll(steps, ArbMap.Default.ArbFor<int>(), (steps, seed) => Play(steps, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task<bool> Play(IEnumerable<int> steps, int seed)
    {
        // Small batches, so that one history meets many boundaries between them.
        await using var test = TestLedger.On(store, o =>
        {
            o.MaxBatchFires = 7;
            o.TestFiresPerDay = History.TestFiresPerDay;
        });
        History history = new(test, seed);
        foreach (var step in steps)
        {
            await history.Do(step);
        }
        await history.Check();
        return true;
    }
}

public sealed class HistoryPropertiesOnSqlite() : HistoryProperties(Store.Sqlite);

public sealed class HistoryPropertiesOnPostgres() : HistoryProperties(Store.Postgres);
