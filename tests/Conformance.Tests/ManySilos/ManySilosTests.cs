using Conclude.Conformance.Tests.Calls;
using Conclude.Conformance.Tests.Engine;
using Conclude.Conformance.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Conclude.Conformance.Tests.ManySilos;

/// <summary>Proves on three silos that grains need not know where another lives. Not of the local engine, which has one place only.</summary>
public sealed class ManySilosTests
{
    private static readonly EngineSettings Three = new() { Silos = 3 };

    [Fact]
    public async Task A_call_that_crosses_silos_copies_its_arguments()
    {
        await using var engine = await TestEngine.StartAsync(Three);
        var (caller, callee) = (await PlacedAsync(engine, 0), await PlacedAsync(engine, 1));
        var left = await caller.LetSpoilAsync(callee);
        Assert.Equal((1, "label", 1), (left.Weight, left.Label!.Text, left.Notes.Count));
    }

    [Fact]
    public async Task Failures_and_cancellation_cross_silos()
    {
        await using var engine = await TestEngine.StartAsync(Three);
        var (caller, callee) = (await PlacedAsync(engine, 0), await PlacedAsync(engine, 2));
        Assert.Equal("far", (await Assert.ThrowsAsync<BadDayException>(() => caller.LetFailAsync(callee, "far"))).Message);
        var gate = Journal.NewKey();
        using var cancellation = new CancellationTokenSource();
        var call = caller.LetWaitAsync(callee, gate, cancellation.Token);
        await engine.UntilAsync(() => Journal.Count(gate, "waiting") == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await engine.UntilAsync(() => Journal.Count(gate, "cancelled") == 1);
    }

    [Fact]
    public async Task A_grain_lives_once_whichever_silos_call_it_first()
    {
        await using var engine = await TestEngine.StartAsync(Three);
        for (var round = 0; round < 20; round++)
        {
            var key = Journal.NewKey();
            var places = await Task.WhenAll(Enumerable.Range(0, 30).Select(call => Task.Run(() => Grain(engine, call % 3, key).SiloAsync())));
            Assert.Single(places.Distinct(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_stream_event_published_on_one_silo_reaches_a_grain_and_an_observer_on_others()
    {
        await using var engine = await TestEngine.StartAsync(Three);
        var (key, observer) = (Journal.NewKey(), Journal.NewKey());
        var listener = await PlacedAsync(engine, 1);
        await listener.ListenAsync(key);
        await Stream(engine, 2, key).SubscribeAsync((fact, _) =>
        {
            Journal.Write(observer, $"{fact.Number}");
            return Task.CompletedTask;
        });
        for (var number = 0; number < 50; number++)
        {
            await Stream(engine, 0, key).OnNextAsync(new Fact { Number = number });
        }

        var all = Enumerable.Range(0, 50).Select(static number => $"{number}").ToArray();
        var grain = listener.GetPrimaryKeyString();
        await engine.UntilAsync(() => Journal.Of(grain).Length >= 50 && Journal.Of(observer).Length >= 50, TimeSpan.FromMilliseconds(50));
        Assert.Equal(all, Journal.Of(grain));
        Assert.Equal(all, Journal.Of(observer));
    }

    [Fact]
    public async Task A_grain_of_a_silo_that_stops_lives_on_at_another_with_its_state()
    {
        await using var engine = await TestEngine.StartAsync(Three);
        var grain = await PlacedAsync(engine, 2);
        var place = await grain.SiloAsync();
        await grain.KeepAsync(7);
        await engine.StopSiloAsync(2);
        var moved = Grain(engine, 0, grain.GetPrimaryKeyString());
        Assert.Equal(7, await moved.KeptAsync());
        Assert.NotEqual(place, await moved.SiloAsync());
    }

    /// <summary>A new grain on that silo.</summary>
    private static async Task<IPlacedGrain> PlacedAsync(TestEngine engine, int silo)
    {
        var grain = Grain(engine, silo, Journal.NewKey());
        Assert.Equal(engine.Silo(silo).GetRequiredService<ILocalSiloDetails>().Name, await grain.SiloAsync());
        return grain;
    }

    private static IPlacedGrain Grain(TestEngine engine, int silo, string key) => engine.Silo(silo).GetRequiredService<IGrainFactory>().GetGrain<IPlacedGrain>(key);

    private static IAsyncStream<Fact> Stream(TestEngine engine, int silo, string key) =>
        engine.Silo(silo).GetRequiredService<IClusterClient>().GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create("placed", key));
}
