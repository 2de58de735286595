using System.Collections.Immutable;

namespace Conclude.Grains.Tenants;

/// <summary>Settings of a workspace.</summary>
/// <param name="AllowedOrigins">Origins whose pages may use the widget routes; empty allows all.</param>
/// <param name="RequireVerifiedIdentity">Refuse an external id without a valid hash.</param>
/// <param name="QuietPeriodHours">Gap between any two prompts to one person; 0 is none.</param>
/// <param name="RetentionDays">Null: the plan's.</param>
[GenerateSerializer, Immutable, Alias("Conclude.WorkspaceSettings")]
public sealed record WorkspaceSettings(
    [property: Id(0)] ImmutableArray<string> AllowedOrigins,
    [property: Id(1)] bool RequireVerifiedIdentity,
    [property: Id(2)] decimal QuietPeriodHours,
    [property: Id(3)] Theme Theme,
    [property: Id(4)] int? RetentionDays)
{
    public static WorkspaceSettings Default { get; } = new([], RequireVerifiedIdentity: false, QuietPeriodHours: 0, Theme.Default, RetentionDays: null);
}
