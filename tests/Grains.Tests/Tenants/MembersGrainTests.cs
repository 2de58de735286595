using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves how people come into a workspace and leave it: one owner always stays, no plan is passed, an invite works once, in time, for its own address.</summary>
public sealed class MembersGrainTests
{
    private const string Ada = "ada@acme.com";

    [Fact]
    public async Task An_invite_works_once_and_makes_a_member_of_its_own_address()
    {
        await using var cluster = await Team.Start();
        var token = InviteTokens.Make(Cluster.Workspace);
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.Invite(Team.Admin, " Ada@Acme.com ", MemberRole.Viewer, InviteTokens.Hash(token)));
        Assert.Equal((Ada, MemberRole.Viewer, Team.Admin.Id), await cluster.Tenant.FindInvite(InviteTokens.Hash(token)) is { } found ? (found.Email, found.Role, found.InvitedBy) : default);
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.AcceptInvite(InviteTokens.Hash(token)));
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.AcceptInvite(InviteTokens.Hash(token)));
        Assert.Equal(MemberRole.Viewer, (await cluster.Tenant.Snapshot())!.FindMember(Ada)!.Role);
        Assert.Equal([Cluster.Workspace], (await cluster.Grains.Account(Ada).Find())!.Workspaces);
        Assert.Equal(SaveStatus.Exists, await cluster.Tenant.Invite(Team.Admin, Ada, MemberRole.Admin, "h"));
    }

    [Fact]
    public async Task An_invite_ends_with_its_time_its_revocation_and_a_newer_one()
    {
        await using var cluster = await Team.Start();
        var (revoked, replaced, newer) = (InviteTokens.Hash("1"), InviteTokens.Hash("2"), InviteTokens.Hash("3"));
        await cluster.Tenant.Invite(Team.Owner, Ada, MemberRole.Admin, revoked);
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.RevokeInvite(Team.Admin, Assert.Single(await cluster.Tenant.Invites()).Id));
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.AcceptInvite(revoked));
        await cluster.Tenant.Invite(Team.Owner, Ada, MemberRole.Admin, replaced);
        await cluster.Tenant.Invite(Team.Owner, Ada, MemberRole.Viewer, newer);
        Assert.Equal(MemberRole.Viewer, Assert.Single(await cluster.Tenant.Invites()).Role);
        Assert.Null(await cluster.Tenant.FindInvite(replaced));
        cluster.Time.Advance(Invite.ValidFor);
        Assert.Empty(await cluster.Tenant.Invites());
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.AcceptInvite(newer));
        Assert.Null((await cluster.Tenant.Snapshot())!.FindMember(Ada));
    }

    [Fact]
    public async Task An_invite_ends_with_its_makers_right_to_make_it()
    {
        await using var cluster = await Team.Start();
        var (asAdmin, asOwner, kept) = (InviteTokens.Hash("1"), InviteTokens.Hash("2"), InviteTokens.Hash("3"));
        await cluster.Tenant.ChangeRole(Team.Owner, Team.Admin.Id, MemberRole.Owner);
        await cluster.Tenant.Invite(Team.Admin, "second.self@acme.com", MemberRole.Owner, asOwner);
        await cluster.Tenant.Invite(Team.Admin, Ada, MemberRole.Admin, asAdmin);
        await cluster.Tenant.Invite(Author.Operator, "bob@acme.com", MemberRole.Owner, kept);

        await cluster.Tenant.ChangeRole(Team.Owner, Team.Admin.Id, MemberRole.Admin);
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.AcceptInvite(asOwner));
        Assert.NotNull(await cluster.Tenant.FindInvite(asAdmin));
        await cluster.Tenant.RemoveMember(Team.Owner, Team.Admin.Id);
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.AcceptInvite(asAdmin));
        Assert.Equal(["bob@acme.com"], (await cluster.Tenant.Invites()).Select(static i => i.Email));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.AcceptInvite(kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("a b@acme.com")]
    [InlineData("ada@acme.com@evil.com")]
    [InlineData("ada\u0000@acme.com")]
    public async Task What_is_no_address_is_not_invited(string email)
    {
        await using var cluster = await Cluster.Start();
        Assert.Equal(SaveStatus.Invalid, await cluster.Tenant.Invite(Team.Owner, email, MemberRole.Viewer, "h"));
    }

    [Fact]
    public async Task Open_invites_count_against_the_plan()
    {
        await using var cluster = await Team.Start(PlanLimits.SelfHosted with { Members = 2 });
        var tenant = cluster.Grains.Tenant("planned");
        Assert.Equal(SaveStatus.Saved, await tenant.Invite(Team.Owner, "one@acme.com", MemberRole.Viewer, "1"));
        Assert.Equal(SaveStatus.PlanLimit, await tenant.Invite(Team.Owner, "two@acme.com", MemberRole.Viewer, "2"));
        // Its own place is its own.
        Assert.Equal(SaveStatus.Saved, await tenant.Invite(Team.Owner, "one@acme.com", MemberRole.Admin, "3"));
        Assert.Equal(SaveStatus.Saved, await tenant.AcceptInvite("3"));
        Assert.Equal(SaveStatus.PlanLimit, await tenant.Invite(Team.Owner, "two@acme.com", MemberRole.Viewer, "2"));
        Assert.Equal(SaveStatus.Saved, await tenant.RemoveMember(Team.Owner, "one@acme.com"));
        Assert.Equal(SaveStatus.Saved, await tenant.Invite(Team.Owner, "two@acme.com", MemberRole.Viewer, "2"));
    }

    [Fact]
    public async Task The_last_owner_neither_leaves_nor_steps_down()
    {
        await using var cluster = await Team.Start();
        Assert.Equal(SaveStatus.LastOwner, await cluster.Tenant.RemoveMember(Team.Owner, Team.Owner.Id));
        Assert.Equal(SaveStatus.LastOwner, await cluster.Tenant.ChangeRole(Team.Owner, Team.Owner.Id, MemberRole.Admin));
        Assert.Equal(SaveStatus.LastOwner, await cluster.Tenant.RemoveMember(Author.Operator, Team.Owner.Id));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ChangeRole(Team.Owner, Team.Admin.Id, MemberRole.Owner));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.RemoveMember(Team.Owner, Team.Owner.Id));
        Assert.Equal(SaveStatus.LastOwner, await cluster.Tenant.RemoveMember(Team.Admin, Team.Admin.Id));
    }

    [Fact]
    public async Task Of_two_owners_who_demote_each_other_at_once_one_stays()
    {
        await using var cluster = await Team.Start();
        for (var round = 0; round < 10; round++)
        {
            await cluster.Tenant.ChangeRole(Author.Operator, Team.Owner.Id, MemberRole.Owner);
            await cluster.Tenant.ChangeRole(Author.Operator, Team.Admin.Id, MemberRole.Owner);
            await Task.WhenAll(
                cluster.Tenant.ChangeRole(Team.Owner, Team.Admin.Id, MemberRole.Viewer),
                cluster.Tenant.ChangeRole(Team.Admin, Team.Owner.Id, MemberRole.Viewer),
                cluster.Tenant.RemoveMember(Author.Operator, "nobody@acme.com"));
            Assert.Single((await cluster.Tenant.Snapshot())!.Members, static m => m.Role == MemberRole.Owner);
        }
    }

    [Fact]
    public async Task A_viewer_leaves_but_removes_nobody_else()
    {
        await using var cluster = await Team.Start();
        Assert.Equal(SaveStatus.NotAllowed, await cluster.Tenant.RemoveMember(Team.Viewer, Team.Admin.Id));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.RemoveMember(Team.Viewer, Team.Viewer.Id));
        Assert.Equal(SaveStatus.NotFound, await cluster.Tenant.RemoveMember(Team.Viewer, Team.Viewer.Id));
        Assert.Equal(AuditKinds.MemberLeft, (await cluster.Audit())[^1].Kind);
    }
}
