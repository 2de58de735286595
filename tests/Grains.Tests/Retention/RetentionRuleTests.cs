using System.Collections.Immutable;
using Conclude.Grains.Retention;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Tests.Retention;

/// <summary>Proves how long events are kept.</summary>
public sealed class RetentionRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(30, null, 30)]
    [InlineData(0, 90, 90)]
    [InlineData(30, 14, 14)]
    [InlineData(30, 365, 30)]
    [InlineData(30, 3, 8)]
    [InlineData(5, null, 8)]
    public void The_plan_grants_the_settings_shorten_and_eight_days_are_the_least(int plan, int? settings, int? kept)
    {
        var workspace = new WorkspaceSnapshot(
            "acme", "Acme", 1, ImmutableSortedDictionary<string, MomentDefinition>.Empty, WorkspaceSettings.Default with { RetentionDays = settings }, PlanLimits.SelfHosted with { RetentionDays = plan }, [], [], "secret");
        Assert.Equal(kept is { } days ? Now.AddDays(-days) : null, RetentionRule.Cutoff(workspace, Now));
    }
}
