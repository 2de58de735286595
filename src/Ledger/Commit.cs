using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>What one transaction changed in one workspace.</summary>
/// <param name="Totals">One entry for each event name and hour that moved, after the commit.</param>
/// <param name="Fires">Fires in the order of the commit.</param>
/// <param name="Answers">Prompts whose reaction or comment is new.</param>
public sealed record Commit(
    string Workspace, ImmutableArray<EventTotals> Totals, ImmutableArray<RecentFire> Fires, ImmutableArray<Prompt> Answers)
{
    /// <summary>Ids of the webhooks that have something new to be told.</summary>
    public ImmutableArray<string> Told { get; init; } = [];
}
