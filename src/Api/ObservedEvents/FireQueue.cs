using System.Threading.Channels;
using Conclude.Grains.Live;
using Orleans.Streams;

namespace Conclude.Api.ObservedEvents;

/// <summary>Messages waiting for one client. A slow client loses the oldest, sees the gap in their sequence, and reads the ledger.</summary>
internal sealed class FireQueue : IAsyncObserver<FiresCommitted>
{
    private const int MaxWaiting = 64;

    private readonly Channel<FiresCommitted> _messages = Channel.CreateBounded<FiresCommitted>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<FiresCommitted> Messages => _messages.Reader;

    public Task OnNextAsync(FiresCommitted item, StreamSequenceToken? token = null)
    {
        _messages.Writer.TryWrite(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
