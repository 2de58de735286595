using Conclude.Grains.Tenants;

namespace Conclude.Api.Operators;

/// <summary>A workspace's plan; 0 is unlimited.</summary>
internal sealed record PlanJson(string Workspace, string Plan, long EventsPerMonth, int Moments, int Members, int RetentionDays, int EventNames)
{
    public static PlanJson Of(string workspace, PlanLimits plan) =>
        new(workspace, plan.Name, plan.EventsPerMonth, plan.Moments, plan.Members, plan.RetentionDays, plan.EventNames);
}
