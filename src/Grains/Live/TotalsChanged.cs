using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>Names of a workspace whose counters moved; coalesced to a few messages a second.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.TotalsChanged")]
public sealed record TotalsChanged([property: Id(0)] ImmutableArray<EventTotals> Totals);
