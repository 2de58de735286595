using System.Collections.Immutable;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>A workspace's plan as the limits that the ledger checks in the commit.</summary>
public static class Limits
{
    /// <summary>The key is public, so names are attacker-controlled: new ones in a UTC hour.</summary>
    public const int NewNamesPerHour = 100;

    public static FireLimits Of(WorkspaceSnapshot workspace) =>
        new(workspace.Plan.EventsPerMonth, workspace.Plan.EventNames, NewNamesPerHour);

    /// <summary>The webhooks that are to hear when a fire brings the month near its limit; no test's fire does.</summary>
    public static ImmutableArray<string> AlertTo(WorkspaceSnapshot workspace, bool test) =>
        test || workspace.Plan.EventsPerMonth == 0 ? [] : workspace.WebhooksFor(WebhookEvents.AlertRaised);
}
