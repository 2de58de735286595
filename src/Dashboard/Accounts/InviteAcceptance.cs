using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// Takes up an invite. Whoever has the link says by a password who they are: a new one where the address has no account, the account's own
/// where it has. So who made the invite, and has its link too, gets into nobody's account by it.
/// </summary>
public sealed class InviteAcceptance(IGrainFactory grains, UserManager<DashboardAccount> accounts, SignInTurns turns, SignIn signIn)
{
    /// <returns>Null when the token opens nothing any more.</returns>
    public async Task<InviteOnOffer?> Look(string token)
    {
        if (InviteTokens.WorkspaceOf(token) is not { } workspace
            || await grains.Tenant(workspace).Snapshot() is not { } snapshot
            || await grains.Tenant(workspace).FindInvite(InviteTokens.Hash(token)) is not { } invite)
        {
            return null;
        }

        return new(workspace, snapshot.Name, invite, await Proof(invite.Email));
    }

    /// <returns>Null when the person is a member now and signed in, else what to tell them.</returns>
    public async Task<string?> Accept(string token, string password)
    {
        if (await Look(token) is not { } offer)
        {
            return "This invite was used, revoked, or has expired.";
        }

        var (account, problem) = await Prove(offer, password);
        if (account is null)
        {
            return problem;
        }

        switch (await grains.Tenant(offer.Workspace).AcceptInvite(InviteTokens.Hash(token)))
        {
            case SaveStatus.Saved or SaveStatus.Exists:
                await signIn.Begin(account, staySignedIn: false, offer.Workspace);
                return null;
            case SaveStatus.PlanLimit:
                return "This workspace has as many members as its plan allows. Ask an owner to make room, then try again.";
            default:
                return "This invite was used, revoked, or has expired.";
        }
    }

    private async Task<InviteProof> Proof(string email)
    {
        if (await signIn.Who() == email)
        {
            return InviteProof.SignedIn;
        }

        return await grains.Account(email).Find() switch
        {
            { PasswordHash: not null } => InviteProof.Password,
            // Made by an earlier try, or no longer a member of anything: there is nothing that a new password could open.
            null or { Workspaces.IsEmpty: true } => InviteProof.NewPassword,
            _ => InviteProof.ElsewhereFirst,
        };
    }

    private async Task<(DashboardAccount? Account, string? Problem)> Prove(InviteOnOffer offer, string password)
    {
        var email = offer.Invite.Email;
        switch (offer.Proof)
        {
            case InviteProof.SignedIn:
                return (await accounts.FindByEmailAsync(email), "This account no longer exists.");
            case InviteProof.Password:
                return (await signIn.CheckPassword(email, password), "That is not the password of this account. After several wrong tries an account is locked for 15 minutes.");
            case InviteProof.NewPassword:
                return await Make(email, password);
            default:
                return (null, "Sign in first, then open this link again.");
        }
    }

    private async Task<(DashboardAccount? Account, string? Problem)> Make(string email, string password)
    {
        using var turn = await turns.Take(email);
        var existing = await accounts.FindByEmailAsync(email);
        var account = existing ?? new DashboardAccount(new Account { Email = email, SecurityStamp = Guid.NewGuid().ToString("N") });
        if (account.Stored is { PasswordHash: not null } or { Workspaces.IsEmpty: false })
        {
            return (null, "This account was made meanwhile. Open the link again.");
        }

        var result = existing is null ? await accounts.CreateAsync(account, password) : await accounts.AddPasswordAsync(account, password);
        return result.Succeeded ? (account, null) : (null, string.Join(' ', result.Errors.Select(static e => e.Description)));
    }
}
