using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>What is to be told about one workspace: the latest totals of each name and hour, and a bounded run of fires.</summary>
internal sealed class PendingNews
{
    private const int MaxFires = 500;

    private readonly Dictionary<(string Event, DateTimeOffset Hour), EventTotals> _totals = [];
    private readonly Queue<RecentFire> _fires = new();
    private readonly HashSet<Guid> _answers = [];

    public ImmutableArray<EventTotals> Totals => [.. _totals.Values];

    public ImmutableArray<RecentFire> Fires => [.. _fires];

    public ImmutableArray<Guid> Answers => [.. _answers];

    /// <summary>More fires came than are kept: the oldest are not told.</summary>
    public bool FiresLost { get; private set; }

    public void Add(Commit commit)
    {
        foreach (var totals in commit.Totals)
        {
            _totals[(totals.Event, totals.Hour)] = totals;
        }

        foreach (var fire in commit.Fires)
        {
            if (_fires.Count == MaxFires)
            {
                _fires.Dequeue();
                FiresLost = true;
            }

            _fires.Enqueue(fire);
        }

        _answers.UnionWith(commit.Answers.Select(static p => p.Id));
    }
}
