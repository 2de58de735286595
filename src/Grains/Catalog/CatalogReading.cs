using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Catalog;

/// <summary>The names of a workspace as they were read at one time.</summary>
/// <param name="Epoch">Of the totals when the read began: the names may be of a later one, never of an earlier.</param>
/// <param name="Names">By name.</param>
[GenerateSerializer, Immutable, Alias("Conclude.CatalogReading")]
public sealed record CatalogReading([property: Id(0)] long Epoch, [property: Id(1)] ImmutableArray<ObservedEvent> Names);
