using Conclude.Conformance.Tests.Engine;

namespace Conclude.Conformance.Tests.Turns;

/// <summary>Proves that an activation does one thing at a time.</summary>
public sealed class TurnTests
{
    [Fact]
    public async Task Requests_of_one_caller_run_in_order()
    {
        Assert.SkipUnless(TestEngine.IsLocal, "Orleans promises no order between messages.");
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ITurnGrain>(key);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(grain.StepAsync));
        Assert.Equal(Enumerable.Range(0, 200).SelectMany(number => new[] { $"+{number}", $"-{number}" }), Journal.Of(key));
    }

    [Fact]
    public async Task Requests_of_many_callers_never_overlap()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => engine.Grain<ITurnGrain>(key).StepAsync(number))));
        var entries = Journal.Of(key);
        Assert.Equal(400, entries.Length);
        Assert.All(entries.Chunk(2), pair => Assert.Equal(pair[0][1..], pair[1][1..]));
    }

    [Fact]
    public async Task Continuations_never_run_at_once()
    {
        await using var engine = await TestEngine.StartAsync();
        Assert.Equal(0, await engine.Grain<ITurnGrain>(Journal.NewKey()).RunLoopsAsync(loops: 8, rounds: 200));
    }

    [Fact]
    public async Task An_interleaving_call_runs_while_another_waits()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ITurnGrain>(key);
        var waiting = grain.WaitAsync();
        await engine.UntilAsync(() => Journal.Count(key, "waiting") == 1);
        var queued = grain.StepAsync(1);
        await grain.OpenAsync();
        Assert.Equal("opened", await waiting);
        await queued;
        Assert.Equal(["waiting", "+1", "-1"], Journal.Of(key));
    }

    [Fact]
    public async Task A_waiting_grain_holds_up_no_other()
    {
        await using var engine = await TestEngine.StartAsync();
        var grain = engine.Grain<ITurnGrain>(Journal.NewKey());
        var waiting = grain.WaitAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => engine.Grain<ITurnGrain>(Journal.NewKey()).StepAsync(number)));
        Assert.False(waiting.IsCompleted);
        await grain.OpenAsync();
        await waiting;
    }

    [Fact]
    public async Task Many_first_calls_make_one_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var key = Journal.NewKey();
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => engine.Grain<ITurnGrain>(key).ActivationsAsync())));
            Assert.All(answers, static activations => Assert.Equal(1, activations));
        }
    }
}
