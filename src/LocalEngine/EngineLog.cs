using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Conclude.LocalEngine;

/// <summary>What the engine has to say. Grains as <see cref="GrainIdExtensions.ForLog"/> names them; never arguments or state.</summary>
internal sealed partial class EngineLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "Activation of {Grain} failed.")]
    internal partial void ActivationFailed(string grain, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "OnDeactivateAsync of {Grain} failed; deactivation goes on.")]
    internal partial void DeactivationFailed(string grain, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Disposing {Grain} failed.")]
    internal partial void DisposalFailed(string grain, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "A timer callback of {Grain} failed; the timer goes on.")]
    internal partial void TimerFailed(string grain, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "The one-way call {Call} failed; nobody waits for it.")]
    internal partial void OneWayCallFailed(string call, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Subscriber {Subscriber} of stream {Stream} failed on an event.")]
    internal partial void DeliveryFailed(string subscriber, StreamId stream, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Subscriber {Subscriber} of stream {Stream} is too slow: {Count} events dropped.")]
    internal partial void EventsDropped(string subscriber, StreamId stream, long count);

    [LoggerMessage(8, LogLevel.Warning, "{Subscriber} got an event of stream {Stream} but has not subscribed; dropped.")]
    internal partial void NoObserver(string subscriber, StreamId stream);
}
