using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

internal sealed class StreamObserver<T>(IAsyncObserver<T> observer) : IStreamObserver
{
    public Task DeliverAsync(StreamEvent streamEvent) => streamEvent.Error is { } error
        ? observer.OnErrorAsync(error)
        : observer.OnNextAsync((T)streamEvent.Item!, streamEvent.Token);
}
