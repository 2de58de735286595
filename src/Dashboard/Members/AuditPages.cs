using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Dashboard.Members;

/// <summary>The entries that one page shows: the newest that fit a query, and as many older ones as were asked for.</summary>
public sealed class AuditPages(ILedgerAudit audit)
{
    private const int PageSize = 50;

    public ImmutableArray<AuditEntry> Items { get; private set; } = [];

    public bool Loaded { get; private set; }

    /// <summary>There are older ones.</summary>
    public bool More { get; private set; }

    public async Task Show(AuditQuery query)
    {
        // One more than shown tells whether there are more.
        var read = await audit.ReadAudit(query with { Limit = PageSize + 1, Before = null });
        (Items, More, Loaded) = ([.. read.Take(PageSize)], read.Length > PageSize, true);
    }

    public async Task ReadOlder(AuditQuery query)
    {
        var last = Items[^1].Sequence;
        var read = await audit.ReadAudit(query with { Limit = PageSize + 1, Before = last });
        if (Items.IsEmpty || Items[^1].Sequence != last)
        {
            // Asked for twice at once, or something else is shown meanwhile.
            return;
        }

        (Items, More) = (Items.AddRange(read.Take(PageSize)), read.Length > PageSize);
    }

    /// <summary>Puts before what is shown the entries that came since.</summary>
    public async Task ReadNewer(AuditQuery query)
    {
        var read = await audit.ReadAudit(query with { Limit = PageSize + 1, Before = null });
        var newest = Items.IsEmpty ? 0 : Items[0].Sequence;
        if (read.Length > PageSize && read[^1].Sequence > newest)
        {
            // More came than a page holds: the list begins anew rather than with a gap.
            (Items, More) = ([.. read.Take(PageSize)], true);
            return;
        }

        Items = [.. read.TakeWhile(entry => entry.Sequence > newest), .. Items];
    }
}
