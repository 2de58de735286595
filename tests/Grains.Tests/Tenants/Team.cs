using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>People of a workspace, for tests.</summary>
internal static class Team
{
    public static readonly Author Owner = Author.Member("owner@acme.com");
    public static readonly Author Admin = Author.Member("admin@acme.com");
    public static readonly Author Viewer = Author.Member("viewer@acme.com");
    public static readonly Author Stranger = Author.Member("stranger@acme.com");

    /// <summary>Beside the owner that every cluster's workspace has.</summary>
    public static async Task<Cluster> Start(PlanLimits? plan = null)
    {
        var cluster = await Cluster.Start();
        if (plan is not null)
        {
            Assert.True(await cluster.Grains.Tenant("planned").Create(new NewWorkspace("Planned", plan, Owner.Id, [], "secret")));
        }

        await cluster.Join(Admin.Id, MemberRole.Admin);
        await cluster.Join(Viewer.Id, MemberRole.Viewer);
        return cluster;
    }

    public static async Task Join(this Cluster cluster, string email, MemberRole role, string workspace = Cluster.Workspace)
    {
        var token = InviteTokens.Make(workspace);
        Assert.Equal(SaveStatus.Saved, await cluster.Grains.Tenant(workspace).Invite(Owner, email, role, InviteTokens.Hash(token)));
        Assert.Equal(SaveStatus.Saved, await cluster.Grains.Tenant(workspace).AcceptInvite(InviteTokens.Hash(token)));
    }

    /// <summary>A secret key in force.</summary>
    public static async Task<Author> Secret(this Cluster cluster)
    {
        var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Secret), cluster.Time.GetUtcNow());
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.AddKey(Author.Operator, key));
        return Author.Key(key.Id);
    }

    public static async Task<string[]> Kinds(this Cluster cluster, string workspace = Cluster.Workspace) =>
        [.. (await cluster.Audit(workspace)).Select(static entry => entry.Kind)];

    /// <summary>Oldest first.</summary>
    public static async Task<AuditEntry[]> Audit(this Cluster cluster, string workspace = Cluster.Workspace) =>
        [.. (await ((ILedgerAudit)cluster.Ledger).ReadAudit(new AuditQuery(workspace, Limit: 200))).Reverse()];
}
