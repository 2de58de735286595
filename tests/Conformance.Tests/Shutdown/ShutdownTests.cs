using Conclude.Conformance.Tests.Activations;
using Conclude.Conformance.Tests.Engine;
using Conclude.Conformance.Tests.Turns;

namespace Conclude.Conformance.Tests.Shutdown;

/// <summary>Proves that stopping ends what runs in order and lets nothing new in.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Stopping_ends_every_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var keys = Enumerable.Range(0, 50).Select(static _ => Journal.NewKey()).ToArray();
        await Task.WhenAll(keys.Select(key => engine.Grain<ILifeGrain>(key).ActivationAsync()));
        await engine.StopAsync();
        Assert.All(keys, static key => Assert.Equal(["activated", "ShuttingDown", "disposed"], Journal.Of(key)));
    }

    [Fact]
    public async Task A_running_call_is_let_finish()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var call = engine.Grain<ILifeGrain>(key).EndAndWaitAsync(key + "gate");
        await engine.UntilAsync(() => Journal.Count(key + "gate", "waiting") == 1);
        var stop = engine.StopAsync();
        if (TestEngine.IsLocal)
        {
            // Orleans lets a call wait for a silo that takes it, until it times out.
            await Assert.ThrowsAsync<SiloUnavailableException>(() => engine.Grain<ITurnGrain>(Journal.NewKey()).StepAsync(1));
        }

        Journal.Open(key + "gate");
        await call;
        await stop;
        Assert.Equal("disposed", Journal.Of(key)[^1]);
    }

    [Fact]
    public async Task After_stopping_calls_fail()
    {
        await using var engine = await TestEngine.StartAsync(new() { ShortResponseTimeout = true });
        var grain = engine.Grain<ITurnGrain>(Journal.NewKey());
        await grain.StepAsync(1);
        await engine.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => grain.StepAsync(2));
    }

    [Fact]
    public async Task A_call_that_never_ends_does_not_keep_the_engine()
    {
        await using var engine = await TestEngine.StartAsync(new() { ShortStop = true, ShortResponseTimeout = true });
        var key = Journal.NewKey();
        var call = engine.Grain<ITurnGrain>(key).WaitAsync();
        await engine.UntilAsync(() => Journal.Count(key, "waiting") == 1);
        await engine.StopAsync();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.True(failure is SiloUnavailableException or TimeoutException, $"{failure}");
    }
}
