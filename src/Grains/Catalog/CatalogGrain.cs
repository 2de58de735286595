using System.Collections.Immutable;
using Conclude.Grains.Live;
using Conclude.Ledger;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.Grains.Catalog;

[ImplicitStreamSubscription(LiveStreams.TotalsNamespace)]
internal sealed class CatalogGrain(ILedger ledger, TimeProvider time) : Grain, ICatalogGrain, IStreamSubscriptionObserver, IAsyncObserver<TotalsChanged>
{
    private static readonly TimeSpan WatchedFor = TimeSpan.FromSeconds(30);

    private readonly Reading<CatalogReading> _names = new(ledger, time);
    private DateTimeOffset _watchedUntil = DateTimeOffset.MinValue;

    public async Task<ImmutableArray<ObservedEvent>> Names() => (await Read()).Names;

    public Task<CatalogReading> Read() => _names.Current(async () =>
    {
        // Read first: the lower totals of a repair between the two would else be taken for old ones of its epoch.
        var epoch = await ledger.ReadEpoch();
        return new CatalogReading(epoch, await ledger.ReadNames(this.GetPrimaryKeyString(), only: null, time.GetUtcNow()));
    });

    public Task Watch()
    {
        _watchedUntil = time.GetUtcNow() + WatchedFor;
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset> WatchedUntil() => Task.FromResult(_watchedUntil);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<TotalsChanged>().ResumeAsync(this);

    public Task OnNextAsync(TotalsChanged item, StreamSequenceToken? token = null) => _names.Outdate();

    public Task OnErrorAsync(Exception ex) => _names.Outdate();
}
