using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Live;

/// <summary>
/// What is to be told about one workspace: the latest totals of each name, and a bounded run of fires and answers. However long it
/// waits, it holds no more than the names that were fired meanwhile.
/// </summary>
internal sealed class PendingNews
{
    internal const int MaxFires = 500;
    internal const int MaxAnswers = 500;

    private readonly Dictionary<string, EventTotals> _totals = new(StringComparer.Ordinal);
    private readonly Queue<RecentFire> _fires = new();
    private readonly HashSet<Guid> _answers = [];

    /// <summary>Timestamp of the first commit among them.</summary>
    public required long Since { get; init; }

    public ImmutableArray<EventTotals> Totals => [.. _totals.Values];

    public ImmutableArray<RecentFire> Fires => [.. _fires];

    public ImmutableArray<Guid> Answers => [.. _answers];

    /// <summary>More fires came than are kept: the oldest are not told.</summary>
    public bool FiresLost { get; private set; }

    public void Add(Commit commit)
    {
        foreach (var totals in commit.Totals)
        {
            _totals[totals.Event] = totals;
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

        foreach (var answer in commit.Answers)
        {
            // Whoever hears of any reads them all again.
            if (_answers.Count < MaxAnswers)
            {
                _answers.Add(answer.Id);
            }
        }
    }
}
