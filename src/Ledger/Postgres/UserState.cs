using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Postgres;

/// <summary>A user's row as it stands within the batch.</summary>
/// <param name="stored">The version in the store; null when there is no row.</param>
/// <param name="fence">The version of everybody without a row.</param>
/// <param name="verified">Whether the stored facts were proved.</param>
internal sealed class UserState(WorkspaceState workspace, string key, long? stored, bool verified, long fence)
{
    public WorkspaceState Workspace { get; } = workspace;
    public string Key { get; } = key;
    public long? Stored { get; } = stored;
    public long Version { get; private set; } = stored ?? fence;
    public bool Verified { get; private set; } = verified;

    /// <summary>As JSON; null leaves what is stored.</summary>
    public string? Facts { get; private set; }

    public bool IsChanged { get; private set; }

    public void Bump()
    {
        Version++;
        IsChanged = true;
    }

    public void Describe(DescribeOperation described)
    {
        (Facts, Verified, IsChanged) = (described.Facts, described.Verified, true);
    }
}
