using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Activations;

/// <summary>Proves when activations begin and end, and that no call is lost between two of them.</summary>
public sealed class ActivationTests
{
    [Fact]
    public async Task An_idle_activation_ends_and_the_next_call_makes_another()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var first = await grain.ActivationAsync();
        Assert.Equal(first, await grain.ActivationAsync());
        await engine.UntilIdleAsync(() => Journal.Count(key, "disposed") == 1);
        Assert.Equal(["activated", "ActivationIdle", "disposed"], Journal.Of(key));
        Assert.NotEqual(first, await grain.ActivationAsync());
        Assert.Equal("activated", Journal.Of(key)[^1]);
    }

    [Fact]
    public async Task A_used_activation_stays_while_an_idle_one_ends()
    {
        await using var engine = await TestEngine.StartAsync();
        var (idle, used) = (Journal.NewKey(), Journal.NewKey());
        await engine.Grain<ILifeGrain>(idle).ActivationAsync();
        var activation = await engine.Grain<ILifeGrain>(used).ActivationAsync();
        Task<int>? use = null;
        await engine.UntilIdleAsync(() =>
        {
            use = use is { IsCompleted: false } ? use : engine.Grain<ILifeGrain>(used).ActivationAsync();
            return Journal.Count(idle, "disposed") == 1;
        });
        await use!;
        Assert.Equal(activation, await engine.Grain<ILifeGrain>(used).ActivationAsync());
        Assert.Equal(["activated"], Journal.Of(used));
    }

    [Fact]
    public async Task DeactivateOnIdle_ends_the_activation_after_the_call()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var first = await grain.EndAsync();
        Assert.NotEqual(first, await grain.ActivationAsync());
        Assert.Equal(["activated", "ApplicationRequested", "disposed", "activated"], Journal.Of(key));
    }

    [Fact]
    public async Task Calls_queued_behind_DeactivateOnIdle_reach_the_next_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var first = await grain.ActivationAsync();
        var ending = grain.EndAndWaitAsync(key + "gate");
        await engine.UntilAsync(() => Journal.Count(key + "gate", "waiting") == 1);
        var queued = Enumerable.Range(0, 10).Select(_ => grain.ActivationAsync()).ToArray();
        Journal.Open(key + "gate");
        await ending;
        var second = Assert.Single((await Task.WhenAll(queued)).Distinct());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_call_during_deactivation_waits_for_the_next_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = "ends-slowly" + Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var first = await grain.EndAsync();
        await engine.UntilAsync(() => Journal.Count(key, "deactivating") == 1);
        var call = grain.ActivationAsync();
        Journal.Open(key);
        Assert.NotEqual(first, await call);
        Assert.Equal(["activated", "deactivating", "ApplicationRequested", "disposed", "activated"], Journal.Of(key));
    }

    [Fact]
    public async Task A_failed_activation_fails_its_call_and_a_later_call_tries_again()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = "fails-once" + Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        Assert.Equal("Not today.", (await Assert.ThrowsAsync<InvalidOperationException>(grain.ActivationAsync)).Message);

        await AnsweredAtLastAsync(engine, grain);
        Assert.Equal(["activated", "disposed", "activated"], Journal.Of(key));
    }

    [Fact]
    public async Task Calls_that_wait_for_a_failed_activation_all_end()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = "begins-slowly-and-fails-once" + Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var calls = Enumerable.Range(0, 5).Select(_ => grain.ActivationAsync()).ToArray();
        await engine.UntilAsync(() => Journal.Count(key, "activated") == 1);
        Journal.Open(key);
        await engine.UntilAsync(() => Array.TrueForAll(calls, static call => call.IsCompleted), TimeSpan.FromSeconds(1));
        Assert.Contains(calls, static call => call.IsFaulted);
        await AnsweredAtLastAsync(engine, grain);
    }

    [Fact]
    public async Task A_call_to_a_grain_that_always_ends_while_activating_is_rejected()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = "ends-at-once" + Journal.NewKey();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(engine.Grain<ILifeGrain>(key).ActivationAsync);
        Assert.Equal(3, Journal.Count(key, "activated"));
    }

    [Fact]
    public async Task A_failing_OnDeactivateAsync_ends_the_activation_all_the_same()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = "ends-badly" + Journal.NewKey();
        var first = await engine.Grain<ILifeGrain>(key).EndAsync();
        Assert.NotEqual(first, await engine.Grain<ILifeGrain>(key).ActivationAsync());
        Assert.Equal(["activated", "ApplicationRequested", "disposed", "activated"], Journal.Of(key));
    }

    [Fact]
    public async Task No_call_is_lost_and_no_two_activations_live_while_a_grain_keeps_ending()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ILifeGrain>(key);
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var call = 0; call < 100; call++)
            {
                await Answered(() => (call + caller) % 5 == 0 ? grain.EndAsync() : grain.ActivationAsync());
            }
        }));
        await Task.WhenAll(callers);
        var live = 0;
        foreach (var entry in Journal.Of(key))
        {
            live += entry switch { "activated" => 1, "disposed" => -1, _ => 0 };
            Assert.InRange(live, 0, 1);
        }

        // Orleans forwards a call twice when its grain ends under it, then tells the caller, who may ask again; the local engine never gives up.
        static async Task Answered(Func<Task> call)
        {
            while (true)
            {
                try
                {
                    await call();
                    return;
                }
                catch (OrleansMessageRejectionException) when (!TestEngine.IsLocal)
                {
                }
            }
        }
    }

    /// <summary>Orleans rejects calls for some seconds before it tries to activate again; the local engine tries at once.</summary>
    private static Task AnsweredAtLastAsync(TestEngine engine, ILifeGrain grain)
    {
        Task<int>? call = null;
        return engine.UntilAsync(
            () =>
            {
                call = call is { IsFaulted: false } ? call : grain.ActivationAsync();
                return call.IsCompletedSuccessfully;
            },
            TimeSpan.FromSeconds(1));
    }
}
