namespace Conclude.Ledger;

/// <summary>A company that a person belongs to.</summary>
/// <param name="MonthlySpend">In the workspace's own currency.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Company")]
public sealed record Company(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] decimal? MonthlySpend,
    [property: Id(3)] DateTimeOffset? Created);
