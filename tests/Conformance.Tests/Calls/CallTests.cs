using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Calls;

/// <summary>Proves that calls carry arguments, results and failures, and always end.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task All_four_shapes_of_answers_arrive()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ICallGrain>(key);
        Assert.Equal(5, await grain.AddAsync(2, 3));
        var id = Guid.NewGuid();
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        Assert.Equal($"a 1 {id} {at:O}  z", await grain.JoinAsync("a", 1, id, at, null, "z"));
        await grain.NoteAsync("task");
        await grain.NoteValueAsync("value task");
        Assert.Equal(["task", "value task"], Journal.Of(key));
    }

    [Fact]
    public async Task Exceptions_cross_calls_with_type_and_message()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<ICallGrain>(Journal.NewKey());
        Assert.Equal("first", (await Assert.ThrowsAsync<InvalidOperationException>(() => grain.FailAsync("first"))).Message);
        Assert.Equal("second", (await Assert.ThrowsAsync<BadDayException>(() => grain.FailLaterAsync("second").AsTask())).Message);
        var other = engine.Grain<ICallGrain>(Journal.NewKey());
        Assert.Equal("third", (await Assert.ThrowsAsync<BadDayException>(() => grain.RelayFailureAsync(other, "third"))).Message);
        Assert.Equal(2, await grain.AddAsync(1, 1));
    }

    [Fact]
    public async Task A_cycle_of_calls_ends_in_a_timeout()
    {
        await using var engine = await TestEngine.StartAsync(new() { ShortResponseTimeout = true, ShortStop = true });
        var call = engine.Grain<ICallGrain>(Journal.NewKey()).CallInCycleAsync(engine.Grain<ICallGrain>(Journal.NewKey()));
        await engine.UntilAsync(() => call.IsCompleted, TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task A_call_that_timed_out_in_the_queue_is_not_run()
    {
        await using var engine = await TestEngine.StartAsync(new() { ShortResponseTimeout = true });
        var key = Journal.NewKey();
        var grain = engine.Grain<ICallGrain>(key);
        var blocker = grain.WaitAsync(key + "gate", CancellationToken.None);
        await engine.UntilAsync(() => Journal.Count(key + "gate", "waiting") == 1);
        var late = grain.NoteAsync("late");
        await engine.UntilAsync(() => late.IsCompleted, TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        await Assert.ThrowsAsync<TimeoutException>(() => blocker);
        Journal.Open(key + "gate");
        await grain.NoteAsync("in time");
        Assert.Equal(["in time"], Journal.Of(key));
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_the_grain_sees_it()
    {
        await using var engine = await TestEngine.StartAsync();
        var gate = Journal.NewKey();
        using var cancellation = new CancellationTokenSource();
        var call = engine.Grain<ICallGrain>(Journal.NewKey()).WaitAsync(gate, cancellation.Token);
        await engine.UntilAsync(() => Journal.Count(gate, "waiting") == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await engine.UntilAsync(() => Journal.Count(gate, "cancelled") == 1);
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait_for_the_grain()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        await engine.Grain<ICallGrain>(key).NoteWhenOpenAsync(key, "done");
        Assert.Empty(Journal.Of(key));
        Journal.Open(key);
        await engine.UntilAsync(() => Journal.Count(key, "done") == 1);
    }

    [Fact]
    public async Task References_are_equal_by_identity()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ICallGrain>(key);
        Assert.Equal(grain, engine.Grain<ICallGrain>(key));
        Assert.Equal(grain, await grain.SelfAsync());
        Assert.Equal(grain.GetHashCode(), (await grain.SelfAsync()).GetHashCode());
        Assert.NotEqual(grain, engine.Grain<ICallGrain>(key + "x"));
        Assert.Equal(key, grain.GetPrimaryKeyString());
        Assert.Equal($"call/{key}", grain.GetGrainId().ToString());
        Assert.Equal($"call/{key}", await grain.IdAsync());
        Assert.Equal(grain, engine.Client.GetGrain<ICallGrain>(GrainId.Create("call", key)));
    }

    [Fact]
    public async Task Constructors_get_services()
    {
        await using var engine = await TestEngine.StartAsync();
        Assert.True(await engine.Grain<ICallGrain>(Journal.NewKey()).ServicesAreInjectedAsync());
    }

    [Fact]
    public async Task An_interface_without_a_grain_class_is_refused()
    {
        await using var engine = await TestEngine.StartAsync();
        Assert.Throws<ArgumentException>(() => engine.Grain<INobodysGrain>("x"));
    }
}

public interface INobodysGrain : IGrainWithStringKey
{
    Task CallAsync();
}
