using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Privacy;

/// <summary>Erases a person of the workspace that this circuit shows, test facts too, as the API does.</summary>
public sealed class PersonErasure(WorkspaceEdits edits, WorkspaceFeed feed, ILedgerUpkeep ledger)
{
    /// <summary>Completes when nothing of theirs is left; it goes on when nobody waits any more.</summary>
    public Task<ErasureOutcome> Erase(string userKey) => edits.Run(
        async tenant =>
        {
            var workspace = feed.Workspace.Workspace;

            // Noted first: no erasure without its entry in the audit log, whatever happens in between.
            if (await tenant.NoteErasure(UserKeys.Live(userKey)) is not SaveStatus.Saved)
            {
                return ErasureOutcome.NotAllowed;
            }

            var erased = await Task.WhenAll(ledger.Erase(workspace, UserKeys.Live(userKey)), ledger.Erase(workspace, UserKeys.Test(userKey)));
            return ErasureOutcome.Done(new EraseResult(erased.Sum(static e => e.Keys), erased.Sum(static e => e.Events), erased.Sum(static e => e.Prompts)));
        },
        ErasureOutcome.NotAllowed,
        ErasureOutcome.Unavailable);
}
