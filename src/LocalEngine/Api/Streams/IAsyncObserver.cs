namespace Orleans.Streams;

/// <summary>Receives events, one at a time and in order.</summary>
public interface IAsyncObserver<in T>
{
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>An event could not be delivered, or events were dropped because this observer is too slow.</summary>
    Task OnErrorAsync(Exception ex);
}
