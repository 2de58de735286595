namespace Conclude.Grains.Tenants;

/// <summary>One condition on the person or the page.</summary>
/// <param name="Field"><c>trait.NAME</c>, <c>company.id</c>, <c>company.monthlySpend</c>, <c>user.email</c>, <c>page.url</c>, <c>page.locale</c> or <c>page.device</c>.</param>
/// <param name="Value">Null only for <see cref="AudienceOperator.Exists"/>.</param>
[GenerateSerializer, Immutable, Alias("Conclude.AudienceRule")]
public sealed record AudienceRule(
    [property: Id(0)] string Field, [property: Id(1)] AudienceOperator Op, [property: Id(2)] string? Value);
