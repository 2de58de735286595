using System.Globalization;
using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Observers;

/// <summary>Proves that grains can call objects outside grains as if they were grains.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task A_grain_gets_an_observers_answer_and_its_exceptions()
    {
        await using var engine = await TestEngine.StartAsync();
        var listener = new Listener(Journal.NewKey());
        var grain = await JoinAsync(engine, engine.Client.CreateObjectReference<IListener>(listener));
        var strokes = new List<int> { 1, 2 };
        Assert.Equal(103, await grain.RingAsync(strokes));
        Assert.Equal([1, 2], strokes);
        Assert.Equal("crack", (await Assert.ThrowsAsync<InvalidOperationException>(() => grain.BreakAsync("crack"))).Message);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task All_calls_reach_an_observer_and_on_the_local_engine_in_order()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var listener = new Listener(key);
        var grain = await JoinAsync(engine, engine.Client.CreateObjectReference<IListener>(listener));
        await grain.RingQuietlyAsync(50);
        await engine.UntilAsync(() => Journal.Of(key).Length == 50);
        var strokes = Journal.Of(key).Select(static entry => int.Parse(entry, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 50), TestEngine.IsLocal ? strokes : strokes.Order());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task After_its_reference_was_deleted_an_observer_can_not_be_called()
    {
        await using var engine = await TestEngine.StartAsync(new() { ShortResponseTimeout = true });
        var listener = new Listener(Journal.NewKey());
        var reference = engine.Client.CreateObjectReference<IListener>(listener);
        var grain = await JoinAsync(engine, reference);
        await grain.RingAsync([]);
        engine.Client.DeleteObjectReference<IListener>(reference);
        var call = grain.RingAsync([]);
        await engine.UntilAsync(() => call.IsCompleted, TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.True(failure is ClientNotAvailableException or TimeoutException, $"{failure}");
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_object_itself_can_not_be_passed()
    {
        await using var engine = await TestEngine.StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Grain<IBellGrain>(Journal.NewKey()).JoinAsync(new Listener("x")));
    }

    private static async Task<IBellGrain> JoinAsync(TestEngine engine, IListener reference)
    {
        var grain = engine.Grain<IBellGrain>(Journal.NewKey());
        await grain.JoinAsync(reference);
        return grain;
    }
}
