using Conclude.Grains.Keys;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>
/// Who may change what, by the workspace as it is now. Owners: everything. Admins: everything but the plan and owners, whom they cannot
/// make, change or remove. Viewers read, and may leave. A secret key in force: moments, settings, keys and people's data, not members.
/// </summary>
public static class Permissions
{
    /// <summary>Moments, settings, keys, names, erasures.</summary>
    public static bool MayEdit(this WorkspaceSnapshot workspace, Author author) => author.Kind switch
    {
        AuthorKind.Operator => true,
        AuthorKind.Member => workspace.FindMember(author.Id) is { Role: MemberRole.Admin or MemberRole.Owner },
        AuthorKind.Key => workspace.FindKey(author.Id) is { Kind: KeyKind.Secret },
        _ => false,
    };

    /// <summary>Invite, change or remove somebody who has, or gets, such a role.</summary>
    public static bool MayManage(this WorkspaceSnapshot workspace, Author author, MemberRole role) => author.Kind switch
    {
        AuthorKind.Operator => true,
        AuthorKind.Member => workspace.FindMember(author.Id)?.Role switch
        {
            MemberRole.Owner => true,
            MemberRole.Admin => role is not MemberRole.Owner,
            _ => false,
        },
        _ => false,
    };
}
