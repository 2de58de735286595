using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Ledger;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>
/// The newest fires that match a filter. The feed keeps the newest of all, among which a rare one does not stay long: what matched is kept
/// here, and where the feed moved on by more than it keeps, the ledger has the rest.
/// </summary>
public sealed class FilteredFires
{
    private RecentFire? _newest;

    public FireFilter Filter { get; private set; } = FireFilter.All;

    /// <summary>Newest first.</summary>
    public ImmutableArray<RecentFire> Newest { get; private set; } = [];

    /// <summary>Starts again: nothing that was kept need match.</summary>
    public void Choose(FireFilter filter) => (Filter, Newest, _newest) = (filter, [], null);

    /// <param name="feed">The newest fires of all, newest first.</param>
    /// <returns>False when fires came between that are in neither: read the ledger and <see cref="Add"/>.</returns>
    public bool Follow(ImmutableArray<RecentFire> feed)
    {
        if (Filter == FireFilter.All)
        {
            Newest = feed;
            return true;
        }

        var complete = feed.Length < RecentFires.Bound || (_newest is not null && feed.Any(f => f.Id == _newest.Id));
        _newest = feed.FirstOrDefault() ?? _newest;
        Add(feed);
        return complete;
    }

    /// <param name="fires">As they are now: one that matched before need not, once its person was erased.</param>
    public void Add(ImmutableArray<RecentFire> fires)
    {
        var told = fires.Select(static f => f.Id).ToHashSet();
        Newest =
        [
            .. fires.Where(Filter.Matches).Concat(Newest.Where(f => !told.Contains(f.Id)))
                .OrderByDescending(static f => f.ReceivedAt)
                .ThenByDescending(static f => f.Id)
                .Take(RecentFires.Bound),
        ];
    }
}
