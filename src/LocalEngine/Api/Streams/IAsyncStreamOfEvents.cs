namespace Orleans.Streams;

/// <summary>
/// A stream. A producer's task ends when the event is queued, not when it was received. The events of one stream reach each
/// subscriber in order; subscribers do not wait for each other.
/// </summary>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchProducer<T>
{
    /// <summary>The caller's own subscriptions: the calling grain's, or those of the client.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
