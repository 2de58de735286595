using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Accounts;

/// <summary>An invite as the page shows it to who has its link.</summary>
/// <param name="WorkspaceName">For people.</param>
public sealed record InviteOnOffer(string Workspace, string WorkspaceName, Invite Invite, InviteProof Proof);
