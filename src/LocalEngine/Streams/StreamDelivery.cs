using Conclude.LocalEngine.Calls;
using Orleans.Streams.Core;

namespace Conclude.LocalEngine.Streams;

/// <summary>One event as a turn of the subscribed grain.</summary>
internal sealed class StreamDelivery : AwaitedRequest
{
    private readonly MemoryStreamProvider _provider;
    private readonly StreamSubscription _subscription;
    private readonly Orleans.Runtime.StreamId _streamId;
    private readonly StreamEvent _event;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StreamDelivery(MemoryStreamProvider provider, StreamSubscription subscription, Orleans.Runtime.StreamId streamId, StreamEvent streamEvent)
        : base(provider.Engine.Pending)
    {
        _provider = provider;
        _subscription = subscription;
        _streamId = streamId;
        _event = streamEvent;
        Pending.Add(this);
    }

    internal Task Task => _completion.Task;

    internal override bool IsAbandoned => _completion.Task.IsCompleted;

    internal override async ValueTask RunAsync(object target)
    {
        Error = null;
        try
        {
            var activation = RuntimeContext.Current!;
            if (Find(activation) is null && target is IStreamSubscriptionObserver newcomer)
            {
                await newcomer.OnSubscribed(new SubscriptionHandleFactory(_provider, _streamId, _subscription.Id));
            }

            if (Find(activation) is { } observer)
            {
                await observer.DeliverAsync(_event);
            }
            else
            {
                _provider.Engine.Log.NoObserver(activation.GrainId.ForLog(), _streamId);
            }
        }
        catch (Exception exception)
        {
            Error = exception;
        }
    }

    internal override void Respond()
    {
        Pending.Remove(this);
        if (Error is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(Error);
        }
    }

    internal override void TryFail(Exception reason) => _completion.TrySetException(reason);

    internal override string Describe() => $"an event of stream {_streamId} for {_subscription.Grain?.Id}";

    private IStreamObserver? Find(Activation activation) => activation.Extras.Observers?.GetValueOrDefault(_subscription.Id);
}
