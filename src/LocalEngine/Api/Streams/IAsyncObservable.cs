namespace Orleans.Streams;

/// <summary>Can be subscribed to.</summary>
public interface IAsyncObservable<T>
{
    /// <summary>In a grain of an implicitly subscribed class this attaches the observer to that subscription instead of making another.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);
}
