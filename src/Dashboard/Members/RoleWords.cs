using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Members;

/// <summary>Roles as people read them.</summary>
public static class RoleWords
{
    public static string Name(MemberRole role) => role switch { MemberRole.Owner => "Owner", MemberRole.Admin => "Admin", _ => "Viewer" };

    public static string May(MemberRole role) => role switch
    {
        MemberRole.Owner => "Everything, owners and the plan included.",
        MemberRole.Admin => "Changes moments, settings, keys and members, but not owners.",
        _ => "Sees everything and changes nothing.",
    };

    /// <summary>The roles that somebody with this role may give and take.</summary>
    public static IReadOnlyList<MemberRole> GivenBy(MemberRole? role) => role switch
    {
        MemberRole.Owner => [MemberRole.Viewer, MemberRole.Admin, MemberRole.Owner],
        MemberRole.Admin => [MemberRole.Viewer, MemberRole.Admin],
        _ => [],
    };
}
