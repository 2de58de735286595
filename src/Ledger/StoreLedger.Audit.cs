using System.Collections.Immutable;
using Conclude.Ledger.Reading;
using Conclude.Ledger.Upkeep;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger;

/// <summary>The log of changes to workspaces: the same on every store.</summary>
public abstract partial class StoreLedger
{
    public Task AppendAudit(string workspace, ImmutableArray<AuditEntry> entries) =>
        entries.IsDefaultOrEmpty ? Task.CompletedTask : Upkeep.Write(entries.Length, queries => AuditQueries.Append(queries, workspace, entries));

    public Task<ImmutableArray<AuditEntry>> ReadAudit(AuditQuery query, CancellationToken cancellation = default)
    {
        if (query.Limit is < 1 or > 200)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "A page holds 1 to 200 entries.");
        }
        return Readers.Scan(s => AuditQueries.Page(s, query), cancellation);
    }

    public Task<ImmutableArray<Author>> ReadAuditAuthors(string workspace, CancellationToken cancellation = default) =>
        Readers.Scan(s => AuditQueries.Authors(s, workspace), cancellation);

    public async Task<int> TrimAudit(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var before = UtcTime.Ms(time.GetUtcNow() - ILedgerAudit.AuditRetention);
        var trimmed = await Upkeep.Write(options.UpkeepRows, queries =>
        {
            var rows = queries.Run("trim_audit", before, options.UpkeepRows);
            if (rows > 0)
            {
                queries.Run("owe_scrub");
            }
            return rows;
        });
        if (trimmed < options.UpkeepRows)
        {
            _scrubbing?.Later();
        }
        return trimmed;
    }
}
