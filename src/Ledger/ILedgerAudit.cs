using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>The log of changes to workspaces. Throws as <see cref="ILedger"/> does.</summary>
public interface ILedgerAudit
{
    /// <summary>Entries are kept this long.</summary>
    static readonly TimeSpan AuditRetention = TimeSpan.FromDays(400);

    /// <summary>Stores entries; one that is there already stays as it is.</summary>
    Task AppendAudit(string workspace, ImmutableArray<AuditEntry> entries);

    /// <summary>Entries, newest first.</summary>
    Task<ImmutableArray<AuditEntry>> ReadAudit(AuditQuery query, CancellationToken cancellation = default);

    /// <summary>Everybody who is the author of an entry.</summary>
    Task<ImmutableArray<Author>> ReadAuditAuthors(string workspace, CancellationToken cancellation = default);

    /// <summary>One small transaction: deletes entries of any workspace made before <see cref="AuditRetention"/> ago. Call again until it answers 0.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> TrimAudit(CancellationToken cancellation = default);
}
