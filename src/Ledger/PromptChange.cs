using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// The next step of a prompt, already decided. The ledger stores the row as given and moves the totals of what is new in it:
/// seen, reaction, comment, dismissed, each in the hour of its own time.
/// </summary>
/// <param name="FenceKey">The user whose row fences it: the prompt's own user key, or the person that browser is linked to.</param>
/// <param name="ExpectedVersion">The version of that row which the decision was made on.</param>
/// <param name="Before">The row as it was read; totals move by the difference.</param>
/// <param name="After">The row to store.</param>
public sealed record PromptChange(string Workspace, string FenceKey, long ExpectedVersion, PromptStep Step, Prompt Before, Prompt After)
{
    /// <summary>Ids of the webhooks that are to hear of the step: their deliveries are written with it.</summary>
    public ImmutableArray<string> Tell { get; init; } = [];
}
