using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves who may do what, on the workspace's own list of members and not on what a caller says of itself.</summary>
public sealed class PermissionGrainTests
{
    private const string Other = "other@acme.com";
    private const string OfTheOperator = "change the plan";

    /// <summary>Each thing that can be done to a workspace.</summary>
    private static readonly (string Name, Func<Cluster, Author, Task<SaveStatus>> Do)[] Deeds =
    [
        ("add a moment", static async (c, a) => (await c.Tenant.AddMoment(a, Some.Moment with { Event = $"e{Guid.NewGuid():N}" })).Status),
        ("replace a moment", static async (c, a) => (await c.Tenant.ReplaceMoment(a, Some.Moment with { Question = "Other?" }, null)).Status),
        ("remove a moment", static async (c, a) =>
        {
            var moment = Some.Moment with { Event = $"e{Guid.NewGuid():N}" };
            await c.Tenant.AddMoment(Author.Operator, moment);
            return await c.Tenant.RemoveMoment(a, moment.Event, null);
        }),
        ("replace the settings", static (c, a) => c.Tenant.ReplaceSettings(a, WorkspaceSettings.Default)),
        ("add a key", static (c, a) => c.Tenant.AddKey(a, ApiKeys.Record(ApiKeys.Generate(KeyKind.Test), c.Time.GetUtcNow()))),
        ("revoke a key", static async (c, a) =>
        {
            var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), c.Time.GetUtcNow());
            await c.Tenant.AddKey(Author.Operator, key);
            return await c.Tenant.RevokeKey(a, KeyKind.Publishable, key.Id);
        }),
        ("change a key", static (c, a) => ChangeKey(c, a)),
        ("note an erasure", static (c, a) => c.Tenant.NoteErasure(a, "u:ada")),
        ("try a webhook", static async (c, a) =>
        {
            Webhook webhook = new() { Id = WebhookSecrets.NewId(), Url = "https://example.com", Events = WebhookEvents.AlertRaised, Secret = WebhookSecrets.Generate(), CreatedAt = c.Time.GetUtcNow() };
            await c.TenantWebhooks.AddWebhook(Author.Operator, webhook);
            var may = await c.TenantWebhooks.MaySend(a, webhook.Id);
            await c.TenantWebhooks.RemoveWebhook(Author.Operator, webhook.Id);
            return may;
        }),
        ("invite a viewer", static (c, a) => c.Tenant.Invite(a, $"{Guid.NewGuid():N}@acme.com", MemberRole.Viewer, "h")),
        ("invite an owner", static (c, a) => c.Tenant.Invite(a, $"{Guid.NewGuid():N}@acme.com", MemberRole.Owner, "h")),
        ("revoke a viewer's invite", static (c, a) => RevokeInvite(c, a, MemberRole.Viewer)),
        ("revoke an owner's invite", static (c, a) => RevokeInvite(c, a, MemberRole.Owner)),
        ("make a viewer an admin", static (c, a) => ChangeRole(c, a, MemberRole.Viewer, MemberRole.Admin)),
        ("make a viewer an owner", static (c, a) => ChangeRole(c, a, MemberRole.Viewer, MemberRole.Owner)),
        ("make an owner a viewer", static (c, a) => ChangeRole(c, a, MemberRole.Owner, MemberRole.Viewer)),
        ("remove an admin", static (c, a) => Remove(c, a, MemberRole.Admin)),
        ("remove an owner", static (c, a) => Remove(c, a, MemberRole.Owner)),
        (OfTheOperator, static (c, a) => c.Tenant.ChangePlan(a, PlanLimits.SelfHosted with { Name = Guid.NewGuid().ToString("N") })),
    ];

    private static readonly string[] Edits = ["add a moment", "replace a moment", "remove a moment", "replace the settings", "add a key", "revoke a key", "change a key", "note an erasure", "try a webhook"];
    private static readonly string[] OfAdmins = [.. Edits, "invite a viewer", "revoke a viewer's invite", "make a viewer an admin", "remove an admin"];

    [Fact]
    public async Task Each_role_may_do_its_own_and_nothing_more()
    {
        await using var cluster = await Team.Start();
        await cluster.Tenant.AddMoment(Author.Operator, Some.Moment);
        var secret = await cluster.Secret();
        var publishable = Author.Key((await cluster.Tenant.Snapshot())!.NewestKey(KeyKind.Publishable)!.Id);
        string[] all = [.. Deeds.Select(static d => d.Name)];
        Assert.Equal(all, await Allowed(cluster, Author.Operator));
        Assert.Equal(all.Where(static d => d != OfTheOperator), await Allowed(cluster, Team.Owner));
        Assert.Equal(OfAdmins, await Allowed(cluster, Team.Admin));
        Assert.Equal(Edits, await Allowed(cluster, secret));
        Assert.Empty(await Allowed(cluster, Team.Viewer));
        Assert.Empty(await Allowed(cluster, Team.Stranger));
        Assert.Empty(await Allowed(cluster, publishable));
        Assert.Empty(await Allowed(cluster, Author.Key("guess")));
        Assert.Empty(await Allowed(cluster, new Author((AuthorKind)9, Team.Owner.Id)));
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_is_not_in_the_log()
    {
        await using var cluster = await Team.Start();
        var (before, log) = ((await cluster.Tenant.Snapshot())!.Version, (await cluster.Audit()).Length);
        foreach (var (_, deed) in Deeds.Where(static d => d.Name is "add a moment" or "replace the settings" or "add a key" or "note an erasure" or "invite a viewer"))
        {
            Assert.Equal(SaveStatus.NotAllowed, await deed(cluster, Team.Viewer));
        }

        Assert.Equal((before, log), ((await cluster.Tenant.Snapshot())!.Version, (await cluster.Audit()).Length));
    }

    [Fact]
    public async Task A_role_that_was_taken_is_gone_at_the_next_change()
    {
        await using var cluster = await Team.Start();
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ReplaceSettings(Team.Admin, WorkspaceSettings.Default with { QuietPeriodHours = 1 }));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ChangeRole(Team.Owner, Team.Admin.Id, MemberRole.Viewer));
        Assert.Equal(SaveStatus.NotAllowed, await cluster.Tenant.ReplaceSettings(Team.Admin, WorkspaceSettings.Default with { QuietPeriodHours = 2 }));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.RemoveMember(Team.Owner, Team.Admin.Id));
        Assert.Equal(SaveStatus.NotAllowed, await cluster.Tenant.ReplaceSettings(Team.Admin, WorkspaceSettings.Default with { QuietPeriodHours = 3 }));
        Assert.Empty((await cluster.Grains.Account(Team.Admin.Id).Find())!.Workspaces);
    }

    [Fact]
    public async Task A_secret_key_that_was_replaced_changes_nothing_more()
    {
        await using var cluster = await Team.Start();
        var old = await cluster.Secret();
        var fresh = await cluster.Secret();
        Assert.Equal(SaveStatus.NotAllowed, await cluster.Tenant.ReplaceSettings(old, WorkspaceSettings.Default));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ReplaceSettings(fresh, WorkspaceSettings.Default));
    }

    private static async Task<string[]> Allowed(Cluster cluster, Author author)
    {
        List<string> allowed = [];
        foreach (var (name, deed) in Deeds)
        {
            var status = await deed(cluster, author);
            Assert.True(status is SaveStatus.Saved or SaveStatus.NotAllowed, $"{author} would {name}: {status}");
            if (status is SaveStatus.Saved)
            {
                allowed.Add(name);
            }
        }

        return [.. allowed];
    }

    private static async Task<SaveStatus> RevokeInvite(Cluster cluster, Author author, MemberRole role)
    {
        await cluster.Tenant.Invite(Author.Operator, Other, role, "h");
        return await cluster.Tenant.RevokeInvite(author, (await cluster.Tenant.Invites()).Single(static i => i.Email == Other).Id);
    }

    private static async Task<SaveStatus> ChangeKey(Cluster cluster, Author author)
    {
        var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), cluster.Time.GetUtcNow());
        await cluster.Tenant.AddKey(Author.Operator, key);
        return await cluster.Tenant.ChangeKey(author, KeyKind.Publishable, key.Id, new KeyEdit("Old", 1, []));
    }

    private static async Task<SaveStatus> ChangeRole(Cluster cluster, Author author, MemberRole from, MemberRole to)
    {
        var email = await Somebody(cluster, from);
        return await cluster.Tenant.ChangeRole(author, email, to);
    }

    private static async Task<SaveStatus> Remove(Cluster cluster, Author author, MemberRole role)
    {
        var email = await Somebody(cluster, role);
        return await cluster.Tenant.RemoveMember(author, email);
    }

    private static async Task<string> Somebody(Cluster cluster, MemberRole role)
    {
        var email = $"{Guid.NewGuid():N}@acme.com";
        await cluster.Join(email, role);
        return email;
    }
}
