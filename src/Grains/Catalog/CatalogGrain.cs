using System.Collections.Immutable;
using Conclude.Grains.Live;
using Conclude.Grains.Moments;
using Conclude.Ledger;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Conclude.Grains.Catalog;

[ImplicitStreamSubscription(LiveStreams.TotalsNamespace)]
internal sealed class CatalogGrain(ILedger ledger, TimeProvider time) : Grain, ICatalogGrain, IStreamSubscriptionObserver, IAsyncObserver<TotalsChanged>
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WatchedFor = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _watchedUntil = DateTimeOffset.MinValue;

    public async Task<ImmutableArray<ObservedEvent>> Names()
    {
        var now = time.GetUtcNow();
        if (now - _readAt >= ReadAgainAfter)
        {
            await Read(now);
        }

        return [.. _entries.Values.Select(entry => entry.Observed(now))];
    }

    public Task Watch()
    {
        _watchedUntil = time.GetUtcNow() + WatchedFor;
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset> WatchedUntil() => Task.FromResult(_watchedUntil);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<TotalsChanged>().ResumeAsync(this);

    public Task OnNextAsync(TotalsChanged item, StreamSequenceToken? token = null)
    {
        // Until somebody asks, there is nothing to keep up to date.
        if (_readAt != DateTimeOffset.MinValue)
        {
            foreach (var totals in item.Totals)
            {
                _entries[totals.Event] = _entries.GetValueOrDefault(totals.Event, New(totals.Event, totals.FirstSeen, totals.LastSeen)).With(totals);
            }
        }

        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        _readAt = DateTimeOffset.MinValue;
        return Task.CompletedTask;
    }

    private static CatalogEntry New(string name, DateTimeOffset firstSeen, DateTimeOffset lastSeen) =>
        new(name, firstSeen, lastSeen, EventReading.None, ImmutableSortedDictionary<DateTimeOffset, long>.Empty);

    private async Task Read(DateTimeOffset now)
    {
        var workspace = this.GetPrimaryKeyString();
        var epoch = await ledger.ReadEpoch();
        var names = await ledger.ReadNames(workspace, only: null, now);
        var thisHour = CatalogEntry.StartOfHour(now);
        var hours = await ledger.ReadHours(workspace, only: null, thisHour.AddHours(-23), thisHour.AddHours(1));
        var byName = hours.ToLookup(static h => h.Event, StringComparer.Ordinal);
        foreach (var name in names)
        {
            var entry = _entries.GetValueOrDefault(name.Name, New(name.Name, name.FirstSeen, name.LastSeen));
            _entries[name.Name] = entry with
            {
                FirstSeen = name.FirstSeen,
                LastSeen = name.LastSeen > entry.LastSeen ? name.LastSeen : entry.LastSeen,
                AllTime = entry.AllTime.With(epoch, name.AllTime),
                Hours = byName[name.Name].ToImmutableSortedDictionary(static h => h.Hour, static h => h.Counters.Fires),
            };
        }

        _readAt = now;
    }
}
