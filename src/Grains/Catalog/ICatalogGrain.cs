using System.Collections.Immutable;
using Conclude.Ledger;
using Orleans.Concurrency;

namespace Conclude.Grains.Catalog;

/// <summary>The observed events of a workspace, and who is watching its live feed.</summary>
[Alias("Conclude.ICatalogGrain")]
public interface ICatalogGrain : IGrainWithStringKey
{
    /// <summary>Every name ever fired, by name.</summary>
    [Alias("Names")]
    Task<ImmutableArray<ObservedEvent>> Names();

    /// <summary>Every name ever fired, for whoever lays what the stream tells over it.</summary>
    [Alias("Read")]
    Task<CatalogReading> Read();

    /// <summary>Keeps single fires flowing on the stream for the next 30 s; a watcher calls again every 10 s.</summary>
    [Alias("Watch")]
    Task Watch();

    /// <summary>Until when somebody watches; in the past when nobody does.</summary>
    [AlwaysInterleave, Alias("WatchedUntil")]
    Task<DateTimeOffset> WatchedUntil();
}
