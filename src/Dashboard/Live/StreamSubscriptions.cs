using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Conclude.Dashboard.Live;

/// <summary>The streams that one circuit listens to, ended together.</summary>
internal sealed partial class StreamSubscriptions(ILogger log)
{
    private readonly List<Func<Task>> _unsubscribe = [];

    public async Task Listen<T>(IAsyncStream<T> stream, Action<T> hear)
    {
        var handle = await stream.SubscribeAsync(new StreamEar<T>(hear));
        _unsubscribe.Add(handle.UnsubscribeAsync);
    }

    public async Task Stop()
    {
        foreach (var unsubscribe in _unsubscribe)
        {
            try
            {
                await unsubscribe();
            }
            catch (Exception reason)
            {
                // The host is going down, or the provider is: either way nobody listens any more.
                LogNotUnsubscribed(log, reason);
            }
        }

        _unsubscribe.Clear();
    }

    [LoggerMessage(LogLevel.Information, "A stream subscription of a closed dashboard page could not be ended.")]
    private static partial void LogNotUnsubscribed(ILogger log, Exception reason);
}
