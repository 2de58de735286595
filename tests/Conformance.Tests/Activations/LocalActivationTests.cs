using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Activations;

/// <summary>What Orleans leaves open and grains of ours may rely on in the local engine.</summary>
public sealed class LocalActivationTests
{
    [Fact]
    public async Task A_grain_that_ends_while_activating_still_answers()
    {
        Assert.SkipUnless(TestEngine.IsLocal, "Orleans forwards the call until it gives up.");
        await using var engine = await TestEngine.StartAsync();
        var key = "ends-at-once" + Journal.NewKey();
        var first = await engine.Grain<ILifeGrain>(key).ActivationAsync();
        Assert.NotEqual(first, await engine.Grain<ILifeGrain>(key).ActivationAsync());
    }

    [Fact]
    public async Task A_failed_activation_fails_every_waiting_call()
    {
        Assert.SkipUnless(TestEngine.IsLocal, "Which calls wait for one activation can not be arranged on Orleans.");
        await using var engine = await TestEngine.StartAsync();
        var key = "fails-once" + Journal.NewKey();
        var calls = Enumerable.Range(0, 5).Select(_ => engine.Grain<ILifeGrain>(key).ActivationAsync()).ToArray();
        await engine.UntilAsync(() => Array.TrueForAll(calls, static call => call.IsCompleted));
        Assert.Contains(calls, static call => call.IsFaulted);
        await engine.Grain<ILifeGrain>(key).ActivationAsync();
    }
}
