namespace Conclude.Grains.Tenants;

/// <summary>An account's place in a workspace.</summary>
/// <param name="Email">Normalised (see <see cref="GrainKeys.NormalizeEmail"/>).</param>
/// <param name="JoinedAt">Null for those who joined before this was kept.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Member")]
public sealed record Member([property: Id(0)] string Email, [property: Id(1)] MemberRole Role, [property: Id(2)] DateTimeOffset? JoinedAt = null);
