using Conclude.Dashboard.Settings;
using Conclude.Testing;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that two hundred pages cost one read an interval, and that none of them is told what was true before it asked.</summary>
public sealed class SharedReadTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly ManualTime _time = new();
    private int _truth;
    private int _reads;

    [Fact]
    public async Task All_who_ask_at_a_time_share_a_read()
    {
        var read = New();
        await read.Next();

        var asked = Enumerable.Range(0, 200).Select(_ => read.Next()).ToList();
        _truth = 7;
        await Pass();

        Assert.All(await Task.WhenAll(asked), static found => Assert.Equal(7, found));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task The_last_who_asks_is_told_what_is_true_then()
    {
        var read = New();
        for (var i = 1; i <= 3; i++)
        {
            var first = read.Next();
            await Pass();
            Assert.Equal(_truth, await first);
            _truth = i;
            var last = read.Next();
            await Pass();
            Assert.Equal(i, await last);
        }
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again_by_the_next()
    {
        var fails = true;
        SharedRead<int> read = new(Interval, _time, () => fails ? Task.FromException<int>(new InvalidOperationException("down")) : Task.FromResult(5));
        await Assert.ThrowsAsync<InvalidOperationException>(() => read.Next());

        fails = false;
        var again = read.Next();
        await Pass();

        Assert.Equal(5, await again);
    }

    private SharedRead<int> New() => new(Interval, _time, () =>
    {
        _reads++;
        return Task.FromResult(_truth);
    });

    /// <summary>Lets an interval pass for whoever waits for it.</summary>
    private async Task Pass()
    {
        for (var i = 0; i < 200; i++)
        {
            await Task.Yield();
            if (_time.IsAwaited(Interval))
            {
                _time.Advance(Interval);
                return;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
