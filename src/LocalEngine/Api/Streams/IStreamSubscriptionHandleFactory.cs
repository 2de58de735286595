using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>Gives a grain the handle of a subscription made for it.</summary>
public interface IStreamSubscriptionHandleFactory
{
    StreamId StreamId { get; }

    string ProviderName { get; }

    GuidId SubscriptionId { get; }

    StreamSubscriptionHandle<T> Create<T>();
}
