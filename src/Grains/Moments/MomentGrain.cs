using Conclude.Grains.Live;
using Conclude.Ledger;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.Grains.Moments;

[ImplicitStreamSubscription(LiveStreams.MomentNamespace)]
internal sealed class MomentGrain(ILedger ledger, TimeProvider time) : Grain, IMomentGrain, IStreamSubscriptionObserver, IAsyncObserver<EventTotals>
{
    /// <summary>The stream tells at once; the ledger, read this often, heals what the stream lost.</summary>
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);

    private string _workspace = "";
    private string _event = "";
    private EventReading _reading = EventReading.None;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _event) = GrainKeys.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<Counters> Totals()
    {
        var now = time.GetUtcNow();
        if (now - _readAt >= ReadAgainAfter)
        {
            var epoch = await ledger.ReadEpoch();
            var names = await ledger.ReadNames(_workspace, _event, now);
            _reading = _reading.With(epoch, names.IsEmpty ? Counters.Zero : names[0].AllTime);
            _readAt = now;
        }

        return _reading.Counters;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<EventTotals>().ResumeAsync(this);

    public Task OnNextAsync(EventTotals item, StreamSequenceToken? token = null)
    {
        _reading = _reading.With(item.Epoch, item.AllTime);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        _readAt = DateTimeOffset.MinValue;
        return Task.CompletedTask;
    }
}
