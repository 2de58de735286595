using System.Collections.Concurrent;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Settings;

/// <summary>The use of each workspace's month, read once for all pages that this process shows.</summary>
public sealed class UsageReadings(ILedger ledger, TimeProvider time)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, SharedRead<long>> _reads = new(StringComparer.Ordinal);

    /// <summary>What had been used when it was asked for, or later.</summary>
    public async Task<UsageReading> OfEvents(WorkspaceSnapshot workspace)
    {
        var id = workspace.Workspace;
        var used = await _reads.GetOrAdd(id, _ => new(ReadEvery, time, () => ledger.ReadUsage(id, time.GetUtcNow()))).Next();
        return UsageReading.OfEvents(used, workspace.Plan, time.GetUtcNow());
    }
}
