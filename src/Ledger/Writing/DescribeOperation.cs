namespace Conclude.Ledger.Writing;

/// <param name="facts">The person as JSON, written on the caller's thread.</param>
internal sealed class DescribeOperation(string workspace, string userKey, bool verified, string facts, long? expectedVersion) : Operation<bool>
{
    public string Workspace { get; } = workspace;
    public string UserKey { get; } = userKey;
    public bool Verified { get; } = verified;
    public string Facts { get; } = facts;
    public long? ExpectedVersion { get; } = expectedVersion;

    public override long Bytes => base.Bytes + 2 * Facts.Length;
}
