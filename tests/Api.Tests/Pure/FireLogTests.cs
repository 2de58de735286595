using System.Collections.Immutable;
using Conclude.Api.ObservedEvents;
using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Api.Tests.Pure;

/// <summary>What a client of the live feed is sent, whatever is lost or told twice.</summary>
public sealed class FireLogTests
{
    private static readonly Guid Writer = Guid.NewGuid();

    [Fact]
    public void Each_fire_is_new_once_wherever_it_comes_from()
    {
        var log = new FireLog();
        var fires = Fires(4);
        Assert.Equal(fires[..2], log.Take(new FiresCommitted(Writer, 1, fires[..2]), out _));
        Assert.Equal(fires[2..], log.Take([.. fires.Reverse()]));
        Assert.Empty(log.Take(new FiresCommitted(Writer, 2, fires), out _));
    }

    [Fact]
    public void A_gap_is_noticed_by_writer_and_the_first_message_of_one_is_none()
    {
        var log = new FireLog();
        bool IsGap(Guid writer, long sequence)
        {
            log.Take(new FiresCommitted(writer, sequence, []), out var isGap);
            return isGap;
        }

        Assert.Equal([false, false, true, false], new[] { IsGap(Writer, 5), IsGap(Writer, 6), IsGap(Writer, 8), IsGap(Writer, 9) });
        Assert.False(IsGap(Guid.NewGuid(), 70));
        Assert.False(IsGap(Writer, 10));
    }

    [Fact]
    public void A_client_starts_with_nothing_old_or_after_the_last_it_had()
    {
        var fires = Fires(5);
        ImmutableArray<RecentFire> newestFirst = [.. fires.Reverse()];
        var fresh = new FireLog();
        fresh.Skip(newestFirst, lastEventId: null);
        Assert.Empty(fresh.Take(newestFirst));

        var returning = new FireLog();
        returning.Skip(newestFirst, fires[2].Id);
        Assert.Equal(fires[3..], returning.Take(newestFirst));

        // Its last fire is older than all that can be read: everything may be news.
        var late = new FireLog();
        late.Skip(newestFirst, Guid.NewGuid());
        Assert.Equal(fires, late.Take(newestFirst));
    }

    [Fact]
    public void What_can_still_be_read_is_never_told_again()
    {
        var log = new FireLog();
        var fires = Fires(10_000);
        for (var i = 0; i < fires.Length; i += 100)
        {
            log.Take(new FiresCommitted(Writer, i / 100, fires[i..(i + 100)]), out _);
        }

        Assert.Empty(log.Take([.. fires[^FireLog.MaxRead..].Reverse()]));
    }

    private static ImmutableArray<RecentFire> Fires(int count) =>
        [.. Enumerable.Range(0, count).Select(static _ => new RecentFire(Guid.NewGuid(), "e", default, default, null, Verdict.NoMoment, null, Test: false))];
}
