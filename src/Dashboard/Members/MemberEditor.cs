using Conclude.Dashboard.Live;
using Conclude.Dashboard.Settings;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Members;

/// <summary>Changes who belongs to the workspace that this circuit shows.</summary>
public sealed class MemberEditor(WorkspaceEdits edits)
{
    private static readonly SettingsOutcome NotAllowed = SettingsOutcome.Refused("Your role does not allow this. Owners decide about owners; admins about everybody else.");
    private static readonly SettingsOutcome Full = SettingsOutcome.Refused("Your plan allows no more members. Invites that are open count as members: revoke one, or remove somebody.");
    private static readonly SettingsOutcome LastOwner = SettingsOutcome.Refused("A workspace has one owner at least. Make somebody else an owner first.");
    private static readonly SettingsOutcome AlreadyIn = SettingsOutcome.Refused("That address belongs to a member already.");

    /// <returns>The invite's token, which nobody can be told again; null when there is none.</returns>
    public async Task<(SettingsOutcome Outcome, string? Token)> Invite(string workspace, string email, MemberRole role)
    {
        var token = InviteTokens.Make(workspace);
        var outcome = await edits.Run(async tenant => Of(await tenant.Invite(email, role, InviteTokens.Hash(token))), NotAllowed, SettingsOutcome.Unavailable);
        return (outcome, outcome.Saved ? token : null);
    }

    public Task<SettingsOutcome> Revoke(Invite invite) =>
        edits.Run(async tenant => Of(await tenant.RevokeInvite(invite.Id)), NotAllowed, SettingsOutcome.Unavailable);

    public Task<SettingsOutcome> ChangeRole(Member member, MemberRole role) =>
        edits.Run(async tenant => Of(await tenant.ChangeRole(member.Email, role)), NotAllowed, SettingsOutcome.Unavailable);

    /// <summary>Removes somebody, or oneself, whatever one's role.</summary>
    public Task<SettingsOutcome> Remove(Member member) =>
        edits.RunForAnybody(async tenant => Of(await tenant.RemoveMember(member.Email)), NotAllowed, SettingsOutcome.Unavailable);

    private static SettingsOutcome Of(SaveStatus status) => status switch
    {
        SaveStatus.Saved => SettingsOutcome.Done,
        SaveStatus.NotAllowed => NotAllowed,
        SaveStatus.PlanLimit => Full,
        SaveStatus.LastOwner => LastOwner,
        SaveStatus.Exists => AlreadyIn,
        SaveStatus.Invalid => SettingsOutcome.Invalid(SettingsOutcome.Done.Errors.Add("email", "an address such as ada@acme.com")),
        _ => SettingsOutcome.Gone,
    };
}
