namespace Conclude.Grains.Tenants;

/// <summary>The words of a prompt in one language.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.Wording")]
public sealed record Wording([property: Id(0)] string Question, [property: Id(1)] string? FollowUp);
