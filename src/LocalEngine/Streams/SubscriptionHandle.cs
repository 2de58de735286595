using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

[Immutable]
internal sealed class SubscriptionHandle<T>(MemoryStream<T> stream, Guid id) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => stream.StreamId;

    public override string ProviderName => stream.ProviderName;

    public override Guid HandleId => id;

    public override Task UnsubscribeAsync()
    {
        stream.Unsubscribe(id);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        if (token is not null)
        {
            throw new ArgumentNullException(nameof(token), "Passing a non-null token to a non-rewindable stream.");
        }

        stream.Attach(id, observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == id;
}
