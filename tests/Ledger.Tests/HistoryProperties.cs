using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Ledger.Tests;

/// <summary>Whatever the interleaving of fires, retries, stale grants, steps, links and restarts: the ledger equals a plain model of it.</summary>
public sealed class HistoryProperties
{
    [Fact]
    public void Any_history_leaves_the_sums_of_a_plain_model()
    {
        var steps = Gen.Choose(0, 10_000).ListOf(40).ToArbitrary();
        Prop.ForAll(steps, ArbMap.Default.ArbFor<int>(), static (steps, seed) => Play(steps, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static async Task<bool> Play(IEnumerable<int> steps, int seed)
    {
        // Small batches, so that one history meets many boundaries between them.
        await using TestLedger test = new(o =>
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
