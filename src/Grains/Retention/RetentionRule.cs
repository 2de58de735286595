using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Retention;

/// <summary>How long a workspace's events are kept.</summary>
public static class RetentionRule
{
    /// <summary>The shorter of what the plan grants and the settings ask for, but never under <see cref="ILedgerUpkeep.MinRetention"/>.</summary>
    /// <returns>Events received before this go; null when they are kept for ever.</returns>
    public static DateTimeOffset? Cutoff(WorkspaceSnapshot workspace, DateTimeOffset now) => Days(workspace) is { } days ? now.AddDays(-days) : null;

    /// <returns>Days; null when events are kept for ever.</returns>
    public static int? Days(WorkspaceSnapshot workspace)
    {
        int[] limits = [.. new[] { workspace.Plan.RetentionDays, workspace.Settings.RetentionDays ?? 0 }.Where(static days => days > 0)];
        return limits.Length == 0 ? null : Math.Max(limits.Min(), ILedgerUpkeep.MinRetention.Days);
    }
}
