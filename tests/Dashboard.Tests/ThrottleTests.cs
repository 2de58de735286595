using Conclude.Dashboard.Live;
using Conclude.Testing;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that pages render soon, at most four times a second, and never miss the last change.</summary>
public sealed class ThrottleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly ManualTime _time = new();
    private int _runs;

    [Fact]
    public void The_first_change_shows_at_once()
    {
        using var throttle = New();

        throttle.Ask();
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(1, _runs);
    }

    [Fact]
    public void A_thousand_changes_in_a_second_render_at_most_five_times()
    {
        using var throttle = New();

        for (var i = 0; i < 1000; i++)
        {
            throttle.Ask();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_runs, 4, 5);
    }

    [Fact]
    public void The_last_change_is_never_lost()
    {
        using var throttle = New();
        throttle.Ask();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        throttle.Ask();
        _time.Advance(Interval);

        Assert.Equal(2, _runs);
    }

    [Fact]
    public void Nothing_runs_after_the_end()
    {
        var throttle = New();
        throttle.Ask();

        throttle.Dispose();
        throttle.Ask();
        _time.Advance(Interval);

        Assert.Equal(0, _runs);
    }

    private Throttle New() => new(Interval, _time, () => _runs++);
}
