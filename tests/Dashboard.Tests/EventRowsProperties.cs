using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Grains.Catalog;
using Conclude.Grains.Live;
using Conclude.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Dashboard.Tests;

/// <summary>
/// Proves of the merge alone: whatever messages were lost, repeated or told out of order, whatever reads came late, and whatever a
/// repair lowered meanwhile, the next message about a name makes its row equal to the ledger.
/// </summary>
public sealed class EventRowsProperties
{
    [Fact]
    public void The_next_message_makes_every_row_right() =>
        Prop.ForAll(Gen.Choose(0, 10_000).ListOf(60).ToArbitrary(), ArbMap.Default.ArbFor<int>(), Converges)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool Converges(IEnumerable<int> steps, int seed)
    {
        var (random, ledger, rows, now) = (new Random(seed), new ChangingTotals(seed), EventRows.None, ChangingTotals.Start);
        var (messages, reads) = (new List<EventTotals>(), new List<CatalogReading>());
        foreach (var step in steps)
        {
            now += TimeSpan.FromMilliseconds(random.Next(4_000));
            switch (step % 8)
            {
                case 0 or 1:
                    messages.Add(ledger.Commit(now));
                    break;
                case 2 when step % 3 == 0:
                    ledger.Repair();
                    break;
                case 3:
                    // The epoch is read first; anything may come between it and the names.
                    var epoch = ledger.Epoch;
                    if (random.Next(4) == 0)
                    {
                        ledger.Repair();
                    }

                    reads.Add(new CatalogReading(epoch, ledger.Names));
                    break;
                case 4 when reads.Count > 0:
                    rows = rows.With(reads[random.Next(reads.Count)], now);
                    break;
                default:
                    // Any of those ever sent: most are lost, some come twice, in any order.
                    ImmutableArray<EventTotals> some = [.. messages.Where(_ => random.Next(4) == 0)];
                    rows = rows.With(new TotalsChanged(random.Next(2) == 0 ? some : [.. some.Reverse()]), now);
                    break;
            }
        }

        rows = rows.With(new TotalsChanged([.. ChangingTotals.EventNames.Select(name => ledger.Commit(now, name))]), now);
        return ledger.Names.All(name => rows[name.Name] is var row && (row.Counters, row.FirstSeen, row.LastSeen) == (name.AllTime, name.FirstSeen, name.LastSeen));
    }
}
