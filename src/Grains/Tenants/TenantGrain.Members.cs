using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Conclude.Grains.Accounts;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>Members and invites. Accounts know their workspaces too, for the way in; the list here is what decides.</summary>
internal sealed partial class TenantGrain
{
    /// <summary>Where the plan sets no limit: every member is in the document that each process reads.</summary>
    private const int MaxMembers = 1_000;

    /// <summary>An invite ends with its time, and with its maker's right to make it: who is removed has not invited a second self.</summary>
    private ImmutableArray<Invite> Pending => stored.State.Invites.RemoveAll(invite =>
        invite.Expires <= time.GetUtcNow() || (invite.InvitedBy.Length > 0 && _current?.MayManage(Author.Member(invite.InvitedBy), invite.Role) is not true));

    public Task<ImmutableArray<Invite>> Invites() => Task.FromResult<ImmutableArray<Invite>>([.. Pending.OrderByDescending(static i => i.CreatedAt)]);

    public Task<Invite?> FindInvite(string tokenHash) => Task.FromResult(Opened(tokenHash));

    public async Task<SaveStatus> Invite(Author author, string email, MemberRole role, string tokenHash)
    {
        email = GrainKeys.NormalizeEmail(email);
        if (_current is not { } current)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayManage(author, role))
        {
            return SaveStatus.NotAllowed;
        }

        if (!Enum.IsDefined(role) || !EmailAddress.IsPlausible(email))
        {
            return SaveStatus.Invalid;
        }

        if (current.FindMember(email) is not null)
        {
            return SaveStatus.Exists;
        }

        var earlier = Pending.FirstOrDefault(i => i.Email == email);
        if (earlier is not null && !current.MayManage(author, earlier.Role))
        {
            return SaveStatus.NotAllowed;
        }

        var others = earlier is null ? Pending : Pending.Remove(earlier);
        if (current.Members.Length + others.Length >= Seats(current) || others.Length >= Tenants.Invite.MaxPending)
        {
            return SaveStatus.PlanLimit;
        }

        var now = time.GetUtcNow();
        var invite = new Invite(Guid.NewGuid().ToString("N"), email, role, tokenHash, author.Kind == AuthorKind.Member ? author.Id : "", now, now + Tenants.Invite.ValidFor);
        await Write(Next(current), Note(author, AuditKinds.MemberInvited, email, AuditDifferences.Of("role", null, Name(role))), others.Add(invite));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> RevokeInvite(Author author, string id)
    {
        if (_current is not { } current || Pending.FirstOrDefault(i => i.Id == id) is not { } invite)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayManage(author, invite.Role))
        {
            return SaveStatus.NotAllowed;
        }

        await Write(Next(current), Note(author, AuditKinds.MemberInviteRevoked, invite.Email, AuditDifferences.Of("role", Name(invite.Role), null)), Pending.Remove(invite));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> AcceptInvite(string tokenHash)
    {
        if (_current is not { } current || Opened(tokenHash) is not { } invite)
        {
            return SaveStatus.NotFound;
        }

        if (current.FindMember(invite.Email) is not null)
        {
            return SaveStatus.Exists;
        }

        if (current.Members.Length >= Seats(current))
        {
            return SaveStatus.PlanLimit;
        }

        // The document last: an account that names a workspace whose list does not name it is let in nowhere.
        await grains.Account(invite.Email).Join(current.Workspace);
        var by = invite.InvitedBy.Length > 0 ? invite.InvitedBy : null;
        await Write(
            Next(current) with { Members = current.Members.Add(new Member(invite.Email, invite.Role, time.GetUtcNow())) },
            Note(Author.Member(invite.Email), AuditKinds.MemberJoined, invite.Email, [new AuditChange("role", null, Name(invite.Role)), .. by is null ? [] : AuditDifferences.Of("invitedBy", null, by)]),
            Pending.Remove(invite));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> ChangeRole(Author author, string email, MemberRole role)
    {
        if (_current is not { } current || current.FindMember(email) is not { } member)
        {
            return SaveStatus.NotFound;
        }

        if (!current.MayManage(author, member.Role) || !current.MayManage(author, role))
        {
            return SaveStatus.NotAllowed;
        }

        if (!Enum.IsDefined(role))
        {
            return SaveStatus.Invalid;
        }

        if (member.Role == role)
        {
            return SaveStatus.Saved;
        }

        if (IsLastOwner(current, member))
        {
            return SaveStatus.LastOwner;
        }

        await Write(
            Next(current) with { Members = current.Members.Replace(member, member with { Role = role }) },
            Note(author, AuditKinds.MemberRoleChanged, member.Email, AuditDifferences.Of("role", Name(member.Role), Name(role))));
        return SaveStatus.Saved;
    }

    public async Task<SaveStatus> RemoveMember(Author author, string email)
    {
        if (_current is not { } current || current.FindMember(email) is not { } member)
        {
            return SaveStatus.NotFound;
        }

        var leaves = author.Kind == AuthorKind.Member && GrainKeys.NormalizeEmail(author.Id) == member.Email;
        if (!leaves && !current.MayManage(author, member.Role))
        {
            return SaveStatus.NotAllowed;
        }

        if (IsLastOwner(current, member))
        {
            return SaveStatus.LastOwner;
        }

        await Write(
            Next(current) with { Members = current.Members.Remove(member) },
            Note(author, leaves ? AuditKinds.MemberLeft : AuditKinds.MemberRemoved, member.Email, AuditDifferences.Of("role", Name(member.Role), null)));
        // After the document: should this be lost, the account goes on naming a workspace that does not name it.
        await grains.Account(member.Email).Leave(current.Workspace);
        return SaveStatus.Saved;
    }

    private static int Seats(WorkspaceSnapshot workspace) => workspace.Plan.Members > 0 ? workspace.Plan.Members : MaxMembers;

    private static bool IsLastOwner(WorkspaceSnapshot workspace, Member member) =>
        member.Role == MemberRole.Owner && workspace.Members.Count(static m => m.Role == MemberRole.Owner) == 1;

    private static string Name(MemberRole role) => role.ToString().ToLowerInvariant();

    private Invite? Opened(string tokenHash)
    {
        var wanted = Encoding.UTF8.GetBytes(tokenHash);
        return Pending.FirstOrDefault(i => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(i.TokenHash), wanted));
    }
}
