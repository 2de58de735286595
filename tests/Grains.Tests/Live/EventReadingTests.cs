using Conclude.Grains.Live;
using Conclude.Ledger;

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
}
