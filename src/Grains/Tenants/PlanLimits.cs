namespace Conclude.Grains.Tenants;

/// <summary>What a plan allows; 0 is unlimited.</summary>
/// <param name="EventsPerMonth">Events in a UTC calendar month.</param>
/// <param name="EventNames">Distinct unpromoted names seen in the last seven days.</param>
[GenerateSerializer, Immutable, Alias("Conclude.PlanLimits")]
public sealed record PlanLimits(
    [property: Id(0)] string Name,
    [property: Id(1)] long EventsPerMonth,
    [property: Id(2)] int Moments,
    [property: Id(3)] int Members,
    [property: Id(4)] int RetentionDays,
    [property: Id(5)] int EventNames)
{
    public static PlanLimits SelfHosted { get; } = new("self_hosted", 0, 0, 0, 0, 0);
}
