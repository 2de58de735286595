using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Timers;

/// <summary>Proves that timers tick when due, take turns like calls and end with their activation.</summary>
public sealed class TimerTests
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_every_period()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        engine.Time.Advance(Due - TimeSpan.FromTicks(1));
        await grain.NothingAsync();
        Assert.Equal(0, Ticks(key));
        engine.Time.Advance(TimeSpan.FromTicks(1));
        await engine.UntilAsync(() => Ticks(key) == 1);
        for (var ticks = 2; ticks < 5; ticks++)
        {
            await TickAgainAsync(engine, key, ticks);
        }
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_call()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        var call = grain.WaitAsync(key);
        await engine.UntilAsync(() => Journal.Count(key, "waiting") == 1);
        engine.Time.Advance(Due);
        await grain.NothingAsync();
        Journal.Open(key);
        await call;
        await engine.UntilAsync(() => Ticks(key) == 1);
        Assert.Equal(["waiting", "waited", "tick"], Journal.Of(key));
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine, interleave: true);
        var call = grain.WaitAsync(key);
        await engine.UntilAsync(() => Journal.Count(key, "waiting") == 1);
        engine.Time.Advance(Due);
        await engine.UntilAsync(() => Ticks(key) == 1);
        Journal.Open(key);
        await call;
        Assert.Equal(["waiting", "tick", "waited"], Journal.Of(key));
    }

    [Fact]
    public async Task The_next_period_begins_when_the_callback_has_ended()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine, prefix: "slow", interleave: true);
        engine.Time.Advance(Due);
        await engine.UntilAsync(() => Ticks(key) == 1);
        engine.Time.Advance(Period * 10);
        await grain.NothingAsync();
        Assert.Equal(1, Ticks(key));
        Journal.Open(key);
        await TickAgainAsync(engine, key, 2);
    }

    [Fact]
    public async Task A_changed_timer_keeps_the_new_times()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        await grain.ChangeAsync(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        engine.Time.Advance(TimeSpan.FromMinutes(4));
        await grain.NothingAsync();
        Assert.Equal(0, Ticks(key));
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.UntilAsync(() => Ticks(key) == 1);
        engine.Time.Advance(TimeSpan.FromMinutes(5));
        await grain.NothingAsync();
        Assert.Equal(1, Ticks(key));
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        await grain.StopAsync();
        engine.Time.Advance(Due * 2);
        await grain.NothingAsync();
        Assert.Equal(0, Ticks(key));
    }

    [Fact]
    public async Task A_failing_callback_does_not_stop_the_timer()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, _) = await StartAsync(engine, prefix: "fails");
        engine.Time.Advance(Due);
        await engine.UntilAsync(() => Ticks(key) == 1);
        await TickAgainAsync(engine, key, 2);
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        await grain.EndAsync();
        await engine.UntilAsync(() => Journal.Count(key, "deactivated") == 1);
        await grain.NothingAsync();
        engine.Time.Advance(Due * 3);
        await grain.NothingAsync();
        Assert.Equal(0, Ticks(key));
    }

    [Fact]
    public async Task A_tick_that_waits_when_its_activation_ends_is_dropped()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, grain) = await StartAsync(engine);
        var call = grain.WaitAsync(key);
        await engine.UntilAsync(() => Journal.Count(key, "waiting") == 1);
        var end = grain.EndAsync();
        engine.Time.Advance(Due);
        Journal.Open(key);
        await call;
        await end;
        await engine.UntilAsync(() => Journal.Count(key, "deactivated") == 1);
        await grain.WaitAsync(key);
        Assert.Equal(["waiting", "waited", "deactivated", "waiting", "waited"], Journal.Of(key).Where(static entry => entry != "tick"));
        Assert.True(Array.IndexOf(Journal.Of(key), "tick") < Array.IndexOf(Journal.Of(key), "deactivated"));
    }

    [Fact]
    public async Task Ticks_keep_an_activation_only_when_asked_to()
    {
        await using var engine = await TestEngine.StartAsync();
        var (idle, _) = await StartAsync(engine, due: TimeSpan.FromSeconds(30), period: TimeSpan.FromSeconds(30));
        var (kept, _) = await StartAsync(engine, due: TimeSpan.FromSeconds(30), period: TimeSpan.FromSeconds(30), keepAlive: true);
        await engine.UntilIdleAsync(() => Journal.Count(idle, "deactivated") == 1);
        Assert.NotEqual(0, Ticks(idle));
        Assert.Equal(0, Journal.Count(kept, "deactivated"));
    }

    private static int Ticks(string key) => Journal.Count(key, "tick");

    private static async Task<(string Key, ITimerGrain Grain)> StartAsync(
        TestEngine engine, string prefix = "", bool interleave = false, bool keepAlive = false, TimeSpan? due = null, TimeSpan? period = null)
    {
        var key = prefix + Journal.NewKey();
        var grain = engine.Grain<ITimerGrain>(key);
        await grain.StartAsync(due ?? Due, period ?? Period, interleave, keepAlive);
        return (key, grain);
    }

    /// <summary>The next tick is set after the callback was journalled, so the clock is moved until it comes; never past it.</summary>
    private static async Task TickAgainAsync(TestEngine engine, string key, int ticks)
    {
        await engine.UntilAsync(() => Ticks(key) >= ticks, Period);
        Assert.Equal(ticks, Ticks(key));
    }
}
