using Conclude.Grains.Live;
using Conclude.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Grains.Tests.Live;

/// <summary>Proves that readings lost, doubled or reordered end at the same counters.</summary>
public sealed class EventReadingTests
{
    [Fact]
    public void Within_an_epoch_the_larger_value_of_each_column_wins()
    {
        var reading = EventReading.None.With(1, Counters.Zero with { Seen = 5, Positive = 1 }).With(1, Counters.Zero with { Seen = 3, Positive = 2 });
        Assert.Equal(Counters.Zero with { Seen = 5, Positive = 2 }, reading.Counters);
    }

    [Fact]
    public void A_higher_epoch_replaces_and_a_lower_one_is_ignored()
    {
        var reading = EventReading.None.With(1, Counters.Zero with { Seen = 5 }).With(2, Counters.Zero with { Seen = 4 }).With(1, Counters.Zero with { Seen = 9 });
        Assert.Equal(new EventReading(2, Counters.Zero with { Seen = 4 }), reading);
    }

    [Fact]
    public void Whatever_was_lost_repeated_or_reordered_the_newest_reading_holds_once_it_came() =>
        Prop.ForAll(Gen.Choose(0, 99).Two().ListOf().ToArbitrary(), Gen.Choose(0, 99).ListOf().ToArbitrary(), (moves, told) =>
        {
            List<EventReading> states = [new(1, Counters.Zero)];
            foreach (var (seen, step) in moves)
            {
                var (epoch, counters) = states[^1];
                // One in ten is a repair, which may lower.
                states.Add(step % 10 == 0
                    ? new(epoch + 1, counters with { Seen = counters.Seen * seen / 100 })
                    : new(epoch, counters.Plus(Counters.Zero with { Seen = seen, Positive = step % 3 })));
            }

            var known = told.Select(t => states[t % states.Count]).Append(states[^1]).Aggregate(EventReading.None, static (a, b) => a.With(b.Epoch, b.Counters));
            return known == states[^1] && told.Select(t => states[t % states.Count]).Aggregate(known, static (a, b) => a.With(b.Epoch, b.Counters)) == states[^1];
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
