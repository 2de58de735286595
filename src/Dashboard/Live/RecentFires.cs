using System.Collections.Immutable;
using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>The newest fires of a workspace, newest first and bounded; notices when the stream skipped some.</summary>
public sealed class RecentFires
{
    public const int Bound = 100;

    private readonly Dictionary<Guid, long> _sequences = [];

    public ImmutableArray<RecentFire> Newest { get; private set; } = [];

    /// <summary>Takes what the stream told.</summary>
    /// <returns>False when messages before this one are missing: the ledger must be read again.</returns>
    public bool Add(FiresCommitted told)
    {
        var complete = _sequences.TryGetValue(told.Writer, out var last) && told.Sequence <= last + 1;
        _sequences[told.Writer] = Math.Max(last, told.Sequence);
        Merge(told.Fires);
        return complete;
    }

    /// <summary>Lays a read of the ledger over what is known: fires are immutable, so the union is right whatever came first.</summary>
    public void Merge(IEnumerable<RecentFire> fires) => Newest =
    [
        .. fires.Concat(Newest)
            .DistinctBy(static f => f.Id)
            .OrderByDescending(static f => f.ReceivedAt)
            .ThenByDescending(static f => f.Id)
            .Take(Bound),
    ];
}
