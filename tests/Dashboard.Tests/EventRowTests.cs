using Conclude.Dashboard.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that a row's counts converge whatever the stream loses, repeats or reorders.</summary>
public sealed class EventRowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_late_or_repeated_message_changes_nothing()
    {
        var row = EventRow.Told(Totals(fires: 5), Now);

        Assert.Equal(row.Counters, row.With(Totals(fires: 3), Now).Counters);
        Assert.Equal(row.Last24Hours, row.With(Totals(fires: 5), Now).Last24Hours);
    }

    [Fact]
    public void A_higher_epoch_replaces_even_with_less()
    {
        var row = EventRow.Told(Totals(fires: 5), Now).With(Totals(fires: 2, epoch: 2), Now);

        Assert.Equal(2, row.Counters.Fires);
        Assert.Equal(2, row.With(Totals(fires: 9, epoch: 1), Now).Counters.Fires);
    }

    [Fact]
    public void A_read_that_is_older_than_the_stream_does_not_step_back()
    {
        var row = EventRow.Told(Totals(fires: 5), Now);

        Assert.Equal(5, row.With(Read(fires: 4), epoch: 1, Now.AddSeconds(1)).Counters.Fires);
    }

    [Fact]
    public void A_read_after_the_stream_fell_silent_is_believed()
    {
        var row = EventRow.Told(Totals(fires: 5), Now);

        var healed = row.With(Read(fires: 4), epoch: 1, Now.AddMinutes(1));

        Assert.Equal(4, healed.Counters.Fires);
        Assert.Equal(6, healed.With(Totals(fires: 6), Now.AddMinutes(2)).Counters.Fires);
    }

    [Fact]
    public void Fires_told_since_the_read_count_into_the_last_day()
    {
        var row = EventRow.Read(Read(fires: 10, last24Hours: 4), epoch: 1);

        Assert.Equal(6, row.With(Totals(fires: 12), Now).Last24Hours);
    }

    [Fact]
    public void What_was_told_before_the_first_read_does_not_count_all_time_as_the_last_day()
    {
        var row = EventRow.Told(Totals(fires: 1_000), Now).With(Read(fires: 1_000, last24Hours: 4), epoch: 1, Now.AddSeconds(1));

        Assert.Equal(4, row.Last24Hours);
    }

    [Fact]
    public void The_last_day_shrinks_though_the_stream_never_falls_silent()
    {
        var row = EventRow.Read(Read(fires: 10, last24Hours: 10), epoch: 1).With(Totals(fires: 11), Now);

        Assert.Equal(2, row.With(Read(fires: 11, last24Hours: 2), epoch: 1, Now.AddSeconds(1)).Last24Hours);
    }

    [Fact]
    public void A_read_from_before_a_repair_does_not_bring_back_what_it_lowered()
    {
        var row = EventRow.Told(Totals(fires: 2, epoch: 2), Now);

        var read = row.With(Read(fires: 9), epoch: 1, Now.AddMinutes(1));

        Assert.Equal(2, read.Counters.Fires);
        Assert.Equal(3, read.With(Totals(fires: 3, epoch: 2), Now.AddMinutes(1)).Counters.Fires);
    }

    private static EventTotals Totals(long fires, long epoch = 1) =>
        new("e", epoch, Now.AddDays(-1), Now, Counted(fires), Now, Counted(0));

    private static ObservedEvent Read(long fires, long last24Hours = 0) => new("e", Now.AddDays(-1), Now, Counted(fires), last24Hours);

    private static Counters Counted(long fires)
    {
        var verdicts = new long[Verdicts.Count];
        verdicts[(int)Verdict.NoMoment] = fires;
        return Counters.Zero with { Verdicts = [.. verdicts] };
    }
}
