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

    private readonly Reading<ImmutableArray<ObservedEvent>> _names = new(ledger, time);
    private DateTimeOffset _watchedUntil = DateTimeOffset.MinValue;

    public Task<ImmutableArray<ObservedEvent>> Names() =>
        _names.Current(() => ledger.ReadNames(this.GetPrimaryKeyString(), only: null, time.GetUtcNow()));

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
