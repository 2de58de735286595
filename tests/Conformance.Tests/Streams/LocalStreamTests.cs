using System.Collections.Concurrent;
using Conclude.Conformance.Tests.Engine;
using Orleans.Streams;

namespace Conclude.Conformance.Tests.Streams;

/// <summary>Proves that the local engine's streams need a bounded memory, and say so when they lose events.</summary>
public sealed class LocalStreamTests
{
    [Fact]
    public async Task A_full_queue_drops_the_oldest_events_and_tells_the_subscriber()
    {
        Assert.SkipUnless(TestEngine.IsLocal, "Orleans bounds its cache, not its subscribers' queues.");
        await using var engine = await TestEngine.StartAsync(new() { StreamQueueLength = 3 });
        var key = Journal.NewKey();
        var seen = new ConcurrentQueue<string>();
        var stream = engine.Client.GetStreamProvider(TestEngine.Streams).GetStream<int>(StreamId.Create("plain", key));
        await stream.SubscribeAsync(
            async (number, _) =>
            {
                seen.Enqueue($"{number}");
                await Journal.GateAsync(key);
            },
            error =>
            {
                seen.Enqueue(error.GetType().Name);
                return Task.CompletedTask;
            });
        await stream.OnNextAsync(0);
        await engine.UntilAsync(() => seen.Count == 1);
        await stream.OnNextBatchAsync(Enumerable.Range(1, 10));
        Journal.Open(key);
        await engine.UntilAsync(() => seen.Contains("10"));
        Assert.Equal(["0", nameof(QueueCacheMissException), "8", "9", "10"], seen);
    }
}
