namespace Conclude.Grains.Tenants;

/// <summary>A place in a workspace on offer to one address.</summary>
/// <param name="Id">Tells invites apart; opens nothing.</param>
/// <param name="Email">Normalised; nobody else can take it up.</param>
/// <param name="TokenHash">See <see cref="InviteTokens"/>.</param>
/// <param name="InvitedBy">E-mail of the member who invited; empty for the operator.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Invite")]
public sealed record Invite(
    [property: Id(0)] string Id,
    [property: Id(1)] string Email,
    [property: Id(2)] MemberRole Role,
    [property: Id(3)] string TokenHash,
    [property: Id(4)] string InvitedBy,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset Expires)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    /// <summary>On offer in a workspace at a time.</summary>
    public const int MaxPending = 100;
}
