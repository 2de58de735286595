using System.Collections.Immutable;
using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.Live;

/// <summary>The newest fires of a workspace, newest first and bounded; notices when the stream skipped some.</summary>
public sealed class RecentFires
{
    public const int Bound = 100;

    /// <summary>Lines that a screen holds.</summary>
    public const int Screenful = 30;

    private static readonly TimeSpan AtAGlance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RushLasts = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, long> _sequences = [];

    public ImmutableArray<RecentFire> Newest { get; private set; } = [];

    /// <summary>The newest, newest first: a screenful while so many come within a second, else all.</summary>
    public static ImmutableArray<RecentFire> Readable(ImmutableArray<RecentFire> newest, DateTimeOffset now) =>
        newest.Length == Bound && newest[0].ReceivedAt - newest[^1].ReceivedAt < AtAGlance && now - newest[0].ReceivedAt < RushLasts ? newest[..Screenful] : newest;

    /// <summary>Nobody looks at them: what they say of people is not kept.</summary>
    public void Clear() => Newest = [];

    /// <summary>Takes what the stream told.</summary>
    /// <returns>False when messages before this one are missing: the ledger must be read again.</returns>
    public bool Add(FiresCommitted told)
    {
        var complete = _sequences.TryGetValue(told.Writer, out var last) && told.Sequence <= last + 1;
        _sequences[told.Writer] = Math.Max(last, told.Sequence);
        Merge(told.Fires);
        return complete;
    }

    /// <summary>
    /// Lays a read of the ledger over what is known: the union, whatever came first. Of a fire that is known already the read says what
    /// holds: one whose person was erased meanwhile names nobody.
    /// </summary>
    public void Merge(IEnumerable<RecentFire> fires)
    {
        ImmutableArray<RecentFire> newest =
        [
            .. fires.Concat(Newest)
                .DistinctBy(static f => f.Id)
                .OrderByDescending(static f => f.ReceivedAt)
                .ThenByDescending(static f => f.Id)
                .Take(Bound),
        ];

        // The same array says that nothing is new: no page renders for it.
        if (!newest.SequenceEqual(Newest))
        {
            Newest = newest;
        }
    }
}
