using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>A prompt as it stands within the batch.</summary>
/// <param name="grant">Set when the batch grants it.</param>
internal sealed class PromptState(WorkspaceState workspace, Prompt now, Grant? grant = null)
{
    public WorkspaceState Workspace { get; } = workspace;

    public Grant? Grant { get; } = grant;

    public Prompt Now { get; private set; } = now;

    /// <summary>The row in the store is to be changed.</summary>
    public bool IsChanged { get; private set; }

    public void Change(Prompt after)
    {
        Now = after;
        IsChanged = Grant is null;
    }
}
