using Conclude.Grains.Live;
using Conclude.Ledger;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.Grains.Moments;

[ImplicitStreamSubscription(LiveStreams.MomentNamespace)]
internal sealed class MomentGrain(ILedger ledger, TimeProvider time) : Grain, IMomentGrain, IStreamSubscriptionObserver, IAsyncObserver<EventTotals>
{
    private readonly Reading<Counters> _totals = new(ledger, time);

    public Task<Counters> Totals() => _totals.Current(async () =>
    {
        var (workspace, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        var names = await ledger.ReadNames(workspace, name, time.GetUtcNow());
        return names.IsEmpty ? Counters.Zero : names[0].AllTime;
    });

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<EventTotals>().ResumeAsync(this);

    public Task OnNextAsync(EventTotals item, StreamSequenceToken? token = null) => _totals.Outdate();

    public Task OnErrorAsync(Exception ex) => _totals.Outdate();
}
