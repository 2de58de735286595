using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>Fires of a watched workspace, oldest first.</summary>
/// <param name="Writer">The process that committed them.</param>
/// <param name="Sequence">Grows by one with each message of that writer for this workspace; after a gap, read the recent fires from the ledger.</param>
[GenerateSerializer, Immutable, Alias("Conclude.FiresCommitted")]
public sealed record FiresCommitted(
    [property: Id(0)] Guid Writer, [property: Id(1)] long Sequence, [property: Id(2)] ImmutableArray<RecentFire> Fires);
