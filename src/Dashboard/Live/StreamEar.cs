using Orleans.Streams;

namespace Conclude.Dashboard.Live;

/// <summary>Passes a stream's messages on. Errors need no answer: the feed reads again by itself.</summary>
internal sealed class StreamEar<T>(Action<T> hear) : IAsyncObserver<T>
{
    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        hear(item);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
