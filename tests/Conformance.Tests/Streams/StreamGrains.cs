using Conclude.Conformance.Tests.Engine;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.Conformance.Tests.Streams;

[GenerateSerializer]
[Alias("conformance.Fact")]
public sealed class Fact
{
    [Id(0)]
    public int Number { get; set; }

    [Id(1)]
    public List<string> Marks { get; init; } = [];
}

public interface IProducerGrain : IGrainWithStringKey
{
    Task PublishAsync(string ns, int first, int count);
}

public interface ISubscriberGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string ns, string key);

    Task UnsubscribeAsync(string ns, string key);

    Task<int> SubscriptionsAsync(string ns, string key);

    Task EndAsync();
}

public interface IImplicitGrain : IGrainWithStringKey
{
    Task EndAsync();
}

public interface IAskedGrain : IGrainWithStringKey
{
    Task EndAsync();
}

internal sealed class ProducerGrain : Grain, IProducerGrain
{
    public async Task PublishAsync(string ns, int first, int count)
    {
        var stream = this.GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create(ns, this.GetPrimaryKeyString()));
        for (var number = first; number < first + count; number++)
        {
            await stream.OnNextAsync(new Fact { Number = number });
        }
    }
}

/// <summary>Subscribes when told to and, reactivated, resumes what it has.</summary>
internal sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await Stream("explicit", Key).GetAllSubscriptionHandles())
        {
            await handle.ResumeAsync(OnNextAsync);
        }
    }

    public Task SubscribeAsync(string ns, string key) => Stream(ns, key).SubscribeAsync(OnNextAsync);

    public async Task UnsubscribeAsync(string ns, string key)
    {
        foreach (var handle in await Stream(ns, key).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public async Task<int> SubscriptionsAsync(string ns, string key) => (await Stream(ns, key).GetAllSubscriptionHandles()).Count;

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task OnNextAsync(Fact fact, StreamSequenceToken? token)
    {
        if (Key.StartsWith("fails-once", StringComparison.Ordinal) && fact.Number == 1 && Journal.Count(Key, "failed") == 0)
        {
            Journal.Write(Key, "failed");
            throw new InvalidOperationException("Not today.");
        }

        if (Key.StartsWith("slow", StringComparison.Ordinal))
        {
            await Journal.GateAsync(Key);
        }

        Journal.Write(Key, $"{fact.Number}");
    }

    private IAsyncStream<Fact> Stream(string ns, string key) => this.GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create(ns, key));
}

/// <summary>Attaches itself while it is activated.</summary>
[ImplicitStreamSubscription("implicit")]
internal sealed class ImplicitGrain : Grain, IImplicitGrain, IAsyncObserver<Fact>
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Write(this.GetPrimaryKeyString(), "activated");
        return this.GetStreamProvider(TestEngine.Streams).GetStream<Fact>(StreamId.Create("implicit", this.GetPrimaryKeyString())).SubscribeAsync(this);
    }

    public Task OnNextAsync(Fact item, StreamSequenceToken? token = null)
    {
        Journal.Write(this.GetPrimaryKeyString(), $"{item.Number}");
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Is asked by the engine to attach.</summary>
[ImplicitStreamSubscription("asked")]
internal sealed class AskedGrain : Grain, IAskedGrain, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        Journal.Write(this.GetPrimaryKeyString(), $"asked for {handleFactory.StreamId.GetNamespace()}");
        return handleFactory.Create<Fact>().ResumeAsync((fact, _) =>
        {
            Journal.Write(this.GetPrimaryKeyString(), $"{fact.Number}");
            return Task.CompletedTask;
        });
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
