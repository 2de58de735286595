using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.LocalEngine.Streams;

internal sealed class SubscriptionHandleFactory(MemoryStreamProvider provider, StreamId streamId, Guid subscriptionId) : IStreamSubscriptionHandleFactory
{
    public StreamId StreamId => streamId;

    public string ProviderName => provider.Name;

    public GuidId SubscriptionId { get; } = GuidId.GetGuidId(subscriptionId);

    public StreamSubscriptionHandle<T> Create<T>() => new SubscriptionHandle<T>(new MemoryStream<T>(provider, streamId), subscriptionId);
}
