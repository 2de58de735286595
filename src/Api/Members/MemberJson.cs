using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Members;

/// <summary>Who may see and change the workspace, and who was invited to.</summary>
internal sealed record MembersJson(IReadOnlyList<MemberJson> Items, IReadOnlyList<InviteJson> Invites);

/// <summary>A member.</summary>
/// <param name="JoinedAt">Null for those who joined before this was kept.</param>
internal sealed record MemberJson(string Email, [property: JsonConverter(typeof(SnakeCase<MemberRole>))] MemberRole Role, DateTimeOffset? JoinedAt)
{
    public static MemberJson Of(Member member) => new(member.Email, member.Role, member.JoinedAt);
}

/// <summary>An invite on offer; its link was told to who made it.</summary>
/// <param name="InvitedBy">E-mail of a member; null for the operator.</param>
internal sealed record InviteJson(
    string Id, string Email, [property: JsonConverter(typeof(SnakeCase<MemberRole>))] MemberRole Role, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public static InviteJson Of(Invite invite) =>
        new(invite.Id, invite.Email, invite.Role, invite.InvitedBy.Length > 0 ? invite.InvitedBy : null, invite.CreatedAt, invite.Expires);
}
