using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>Blocks and unblocks names of the workspace that this circuit shows.</summary>
public sealed class NameEditor(WorkspaceEdits edits)
{
    private const string NotAllowed = "Viewers cannot block names. Ask an admin of this workspace.";
    private const string Unavailable = "The server could not save this just now. Nothing was changed; try again in a moment.";

    /// <returns>What to tell the person; null when it is blocked.</returns>
    public Task<string?> Block(string eventName) => edits.Run(async tenant => await tenant.BlockName(eventName) switch
    {
        SaveStatus.Saved => null,
        SaveStatus.Exists => $"{eventName} is a moment by now. Switch it off instead.",
        SaveStatus.PlanLimit => $"{WorkspaceSnapshot.MaxBlockedNames} names are blocked already. Unblock one first.",
        _ => "The name could not be blocked.",
    }, NotAllowed, Unavailable);

    /// <returns>What to tell the person; null when it is blocked no longer.</returns>
    public Task<string?> Unblock(string eventName) => edits.Run(
        async tenant => await tenant.UnblockName(eventName) is SaveStatus.Saved or SaveStatus.NotFound ? null : "The name could not be unblocked.",
        NotAllowed, Unavailable);
}
