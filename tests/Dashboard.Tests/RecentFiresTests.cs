using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.ObservedEvents;
using Conclude.Grains.Live;
using Conclude.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that the live feed is complete, in order and bounded, and that it notices what it missed.</summary>
public sealed class RecentFiresTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Writer = Guid.NewGuid();

    [Fact]
    public void The_order_of_arrival_does_not_matter() =>
        Prop.ForAll(Gen.Choose(0, 150).NonEmptyListOf().ToArbitrary(), indexes =>
        {
            var told = new RecentFires();
            foreach (var index in indexes)
            {
                told.Merge([Fire(index)]);
            }

            var expected = indexes.Distinct().OrderDescending().Take(RecentFires.Bound).Select(i => Fire(i).Id);
            return told.Newest.Select(f => f.Id).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_read_after_their_erasure_takes_the_name_from_what_is_shown()
    {
        var fires = new RecentFires();
        var named = Fire(1) with { User = "ada@acme.com" };
        fires.Merge([named]);

        fires.Merge([named with { User = null }]);

        Assert.Null(Assert.Single(fires.Newest).User);
        FilteredFires filtered = new();
        filtered.Choose(FireFilter.All with { User = "ada" });
        filtered.Follow([named]);
        Assert.Single(filtered.Newest);
        filtered.Follow(fires.Newest);
        Assert.Empty(filtered.Newest);
    }

    [Fact]
    public void While_too_many_come_to_be_read_a_screenful_of_them_is_shown()
    {
        ImmutableArray<RecentFire> Every(int milliseconds, int count = RecentFires.Bound) =>
            [.. Enumerable.Range(0, count).Select(i => Fire(i) with { ReceivedAt = Start.AddMilliseconds(-i * milliseconds) })];

        Assert.Equal(Every(9)[..RecentFires.Screenful], RecentFires.Readable(Every(9), Start));
        Assert.Equal(RecentFires.Bound, RecentFires.Readable(Every(11), Start).Length);
        Assert.Equal(RecentFires.Bound - 1, RecentFires.Readable(Every(1, RecentFires.Bound - 1), Start).Length);
        Assert.Equal(RecentFires.Bound, RecentFires.Readable(Every(9), Start.AddSeconds(3)).Length);
        Assert.Empty(RecentFires.Readable([], Start));
    }

    [Fact]
    public void The_first_message_of_a_writer_asks_for_a_read() => Assert.False(new RecentFires().Add(Message(7)));

    [Fact]
    public void Messages_in_sequence_need_no_read()
    {
        var fires = new RecentFires();
        fires.Add(Message(7));

        Assert.True(fires.Add(Message(8)));
        Assert.True(fires.Add(Message(8)));
    }

    [Fact]
    public void A_gap_asks_for_a_read_once()
    {
        var fires = new RecentFires();
        fires.Add(Message(7));

        Assert.False(fires.Add(Message(9)));
        Assert.True(fires.Add(Message(10)));
    }

    [Fact]
    public void After_the_next_message_and_the_read_it_asks_for_nothing_is_missing() =>
        Prop.ForAll(Gen.Choose(0, 10_000).ListOf(40).ToArbitrary(), steps =>
        {
            var (fires, missed) = (new RecentFires(), true);
            List<FiresCommitted> sent = [];
            foreach (var step in steps)
            {
                switch (step % 4)
                {
                    case 0 or 1:
                        sent.Add(Message(sent.Count));
                        break;
                    case 2 when step % 3 == 0:
                        // What was asked for is read, at some time.
                        fires.Merge(Committed(sent));
                        missed = false;
                        break;
                    case 2 or 3 when sent.Count > 0:
                        // Any of those ever sent: again, late, or before others.
                        missed |= !fires.Add(sent[step % sent.Count]);
                        break;
                }
            }

            sent.Add(Message(sent.Count));
            if (missed | !fires.Add(sent[^1]))
            {
                fires.Merge(Committed(sent));
            }

            return fires.Newest.Select(f => f.Id).SequenceEqual(Committed(sent).Select(f => f.Id));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static IEnumerable<RecentFire> Committed(IEnumerable<FiresCommitted> sent) => sent.SelectMany(m => m.Fires).Reverse().Take(RecentFires.Bound);

    private static FiresCommitted Message(long sequence) => new(Writer, sequence, [Fire((int)sequence)]);

    private static RecentFire Fire(int index) => new(
        new Guid(index, 0, 0, new byte[8]), "e", Start, Start.AddSeconds(index), null, Verdict.NoMoment, null, Test: false);
}
