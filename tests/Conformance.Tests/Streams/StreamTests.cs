using System.Collections.Concurrent;
using Conclude.Conformance.Tests.Engine;
using Orleans.Streams;

namespace Conclude.Conformance.Tests.Streams;

/// <summary>Proves that each subscriber gets a stream's events in order, whatever the others do.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_client_gets_a_grains_events_in_order()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var seen = new ConcurrentQueue<(int Number, StreamSequenceToken? Token)>();
        await Stream(engine, "plain", key).SubscribeAsync((fact, token) =>
        {
            seen.Enqueue((fact.Number, token));
            return Task.CompletedTask;
        });
        await engine.Grain<IProducerGrain>(key).PublishAsync("plain", 0, 200);
        await DeliveredAsync(engine, () => seen.Count == 200);
        Assert.Equal(Enumerable.Range(0, 200), seen.Select(static entry => entry.Number));
        Assert.All(seen.Zip(seen.Skip(1)), static pair => Assert.True(pair.First.Token!.CompareTo(pair.Second.Token) < 0));
    }

    [Fact]
    public async Task An_observer_gets_an_event_when_it_is_done_with_the_last()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var seen = new ConcurrentQueue<string>();
        await Stream(engine, "plain", key).SubscribeAsync(async (fact, _) =>
        {
            seen.Enqueue($"+{fact.Number}");
            await Task.Delay(1);
            seen.Enqueue($"-{fact.Number}");
        });
        await engine.Grain<IProducerGrain>(key).PublishAsync("plain", 0, 10);
        await DeliveredAsync(engine, () => seen.Count == 20);
        Assert.Equal(Enumerable.Range(0, 10).SelectMany(static number => new[] { $"+{number}", $"-{number}" }), seen);
    }

    [Fact]
    public async Task A_batch_arrives_in_order()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        await engine.Grain<ISubscriberGrain>(key).SubscribeAsync("explicit", key);
        await Stream(engine, "explicit", key).OnNextBatchAsync(Enumerable.Range(0, 20).Select(static number => new Fact { Number = number }));
        await DeliveredAsync(engine, () => Journal.Of(key).Length == 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(static number => $"{number}"), Journal.Of(key));
    }

    [Fact]
    public async Task A_subscription_outlives_the_activation()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var grain = engine.Grain<ISubscriberGrain>(key);
        await grain.SubscribeAsync("explicit", key);
        await Stream(engine, "explicit", key).OnNextAsync(new Fact { Number = 1 });
        await DeliveredAsync(engine, () => Journal.Count(key, "1") == 1);
        await grain.EndAsync();
        await Stream(engine, "explicit", key).OnNextAsync(new Fact { Number = 2 });
        await DeliveredAsync(engine, () => Journal.Count(key, "2") == 1);
        Assert.Equal(1, await grain.SubscriptionsAsync("explicit", key));
    }

    [Fact]
    public async Task An_event_activates_the_implicit_subscriber_of_its_key()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var stream = Stream(engine, "implicit", key);
        await stream.OnNextAsync(new Fact { Number = 1 });
        await stream.OnNextAsync(new Fact { Number = 2 });
        await DeliveredAsync(engine, () => Journal.Count(key, "2") == 1);
        Assert.Equal(["activated", "1", "2"], Journal.Of(key));
        await engine.Grain<IImplicitGrain>(key).EndAsync();
        await stream.OnNextAsync(new Fact { Number = 3 });
        await DeliveredAsync(engine, () => Journal.Count(key, "3") == 1);
        Assert.Equal(["activated", "1", "2", "activated", "3"], Journal.Of(key));
    }

    [Fact]
    public async Task An_implicit_subscriber_can_attach_when_asked()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var stream = Stream(engine, "asked", key);
        await stream.OnNextAsync(new Fact { Number = 1 });
        await stream.OnNextAsync(new Fact { Number = 2 });
        await DeliveredAsync(engine, () => Journal.Count(key, "2") == 1);
        Assert.Equal(["asked for asked", "1", "2"], Journal.Of(key));
        await engine.Grain<IAskedGrain>(key).EndAsync();
        await stream.OnNextAsync(new Fact { Number = 3 });
        await DeliveredAsync(engine, () => Journal.Count(key, "3") == 1);
    }

    [Fact]
    public async Task Streams_of_other_keys_and_namespaces_are_not_heard()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        await engine.Grain<ISubscriberGrain>(key).SubscribeAsync("explicit", key);
        await Stream(engine, "explicit", key + "x").OnNextAsync(new Fact { Number = 1 });
        await Stream(engine, "other", key).OnNextAsync(new Fact { Number = 2 });
        await Stream(engine, "explicit", key).OnNextAsync(new Fact { Number = 3 });
        await DeliveredAsync(engine, () => Journal.Count(key, "3") == 1);
        Assert.Equal(["3"], Journal.Of(key));
    }

    [Fact]
    public async Task An_event_whose_delivery_failed_is_delivered_again_before_the_next()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, failing) = (Journal.NewKey(), "fails-once" + Journal.NewKey());
        await engine.Grain<ISubscriberGrain>(failing).SubscribeAsync("explicit", key);
        await engine.Grain<ISubscriberGrain>(key).SubscribeAsync("explicit", key);
        await engine.Grain<IProducerGrain>(key).PublishAsync("explicit", 0, 5);
        await DeliveredAsync(engine, () => Journal.Count(failing, "4") == 1 && Journal.Count(key, "4") == 1);
        Assert.Equal(["0", "failed", "1", "2", "3", "4"], Journal.Of(failing));
        Assert.Equal(["0", "1", "2", "3", "4"], Journal.Of(key));
    }

    [Fact]
    public async Task A_slow_subscriber_holds_up_neither_the_producer_nor_others()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, slow) = (Journal.NewKey(), "slow" + Journal.NewKey());
        await engine.Grain<ISubscriberGrain>(slow).SubscribeAsync("explicit", key);
        await engine.Grain<ISubscriberGrain>(key).SubscribeAsync("explicit", key);
        await engine.Grain<IProducerGrain>(key).PublishAsync("explicit", 0, 50);
        await DeliveredAsync(engine, () => Journal.Of(key).Length == 50);
        Assert.Empty(Journal.Of(slow));
        Journal.Open(slow);
        await DeliveredAsync(engine, () => Journal.Of(slow).Length == 50);
        Assert.Equal(Journal.Of(key), Journal.Of(slow));
    }

    [Fact]
    public async Task After_unsubscribing_nothing_arrives()
    {
        await using var engine = await TestEngine.StartAsync();
        var (key, other) = (Journal.NewKey(), Journal.NewKey());
        var grain = engine.Grain<ISubscriberGrain>(key);
        await grain.SubscribeAsync("explicit", key);
        await engine.Grain<ISubscriberGrain>(other).SubscribeAsync("explicit", key);
        Assert.Equal(1, await grain.SubscriptionsAsync("explicit", key));
        await grain.UnsubscribeAsync("explicit", key);
        Assert.Equal(0, await grain.SubscriptionsAsync("explicit", key));
        await Stream(engine, "explicit", key).OnNextAsync(new Fact { Number = 1 });
        await DeliveredAsync(engine, () => Journal.Count(other, "1") == 1);
        Assert.Empty(Journal.Of(key));
    }

    [Fact]
    public async Task Subscribers_and_producer_share_no_objects()
    {
        await using var engine = await TestEngine.StartAsync();
        var key = Journal.NewKey();
        var seen = new ConcurrentQueue<int>();
        for (var subscriber = 0; subscriber < 3; subscriber++)
        {
            await Stream(engine, "plain", key).SubscribeAsync((fact, _) =>
            {
                fact.Marks.Add("mine");
                seen.Enqueue(fact.Marks.Count);
                return Task.CompletedTask;
            });
        }

        var sent = new Fact();
        await Stream(engine, "plain", key).OnNextAsync(sent);
        sent.Marks.Add("after");
        await DeliveredAsync(engine, () => seen.Count == 3);
        Assert.Equal([1, 1, 1], seen);
        Assert.Equal(["after"], sent.Marks);
    }

    [Fact]
    public async Task An_unknown_provider_is_refused()
    {
        await using var engine = await TestEngine.StartAsync();
        Assert.Throws<KeyNotFoundException>(() => engine.Client.GetStreamProvider("nobody"));
    }

    /// <summary>Orleans fetches from its queues by timers, which run on the test's clock.</summary>
    private static Task DeliveredAsync(TestEngine engine, Func<bool> condition) => engine.UntilAsync(condition, TimeSpan.FromMilliseconds(50));

    private static IAsyncStream<Fact> Stream(TestEngine engine, string ns, string key) =>
        engine.Client.GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create(ns, key));
}
