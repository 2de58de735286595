using System.Text.Json;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Conclude.Grains.Tests.Sessions;
using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves that each change has its entry in the audit log, once, whatever ends in between, and that no secret stands there.</summary>
public sealed class AuditGrainTests
{
    [Fact]
    public async Task Every_change_has_its_entry_in_order_with_what_it_changed()
    {
        await using var cluster = await Cluster.Start();
        var moment = Some.Moment with { Question = "How was it?", SamplingRate = 25 };
        await cluster.Tenant.AddMoment(Team.Owner, moment);
        await cluster.Tenant.ReplaceMoment(Team.Owner, moment with { Question = "How did it go?" }, null);
        await cluster.Tenant.ReplaceMoment(Team.Owner, moment with { Question = "How did it go?", Enabled = false }, null);
        await cluster.Tenant.ReplaceSettings(Team.Owner, WorkspaceSettings.Default with { RetentionDays = 30, AllowedOrigins = ["https://acme.com"] });
        var key = ApiKeys.Record(ApiKeys.Generate(KeyKind.Test), cluster.Time.GetUtcNow());
        await cluster.Tenant.AddKey(Team.Owner, key);
        await cluster.Tenant.RevokeKey(Team.Owner, KeyKind.Test, key.Id);
        await cluster.Join("ada@acme.com", MemberRole.Viewer);
        await cluster.Tenant.ChangeRole(Team.Owner, "ada@acme.com", MemberRole.Admin);
        await cluster.Tenant.RemoveMember(Team.Owner, "ada@acme.com");
        await cluster.Tenant.NoteErasure(Team.Owner, "u:user_123");
        await cluster.Tenant.RemoveMoment(Team.Owner, moment.Event, null);

        var log = await cluster.Audit();
        Assert.Equal(
            [
                AuditKinds.WorkspaceCreated, AuditKinds.MomentCreated, AuditKinds.MomentChanged, AuditKinds.MomentSwitchedOff, AuditKinds.SettingsChanged,
                AuditKinds.KeyCreated, AuditKinds.KeyRevoked, AuditKinds.MemberInvited, AuditKinds.MemberJoined, AuditKinds.MemberRoleChanged,
                AuditKinds.MemberRemoved, AuditKinds.PersonErased, AuditKinds.MomentRemoved,
            ],
            log.Select(static e => e.Kind));
        Assert.Equal(Enumerable.Range(1, log.Length).Select(static n => (long)n), log.Select(static e => e.Sequence));
        Assert.Equal([Author.Operator, .. Enumerable.Repeat(Team.Owner, 7), Author.Member("ada@acme.com"), .. Enumerable.Repeat(Team.Owner, 4)], log.Select(static e => e.Author));
        Assert.Equal([new AuditChange("question", "How was it?", "How did it go?")], log[2].Changes);
        Assert.Equal([new AuditChange("enabled", "on", "off")], log[3].Changes);
        Assert.Equal([new AuditChange("allowedOrigins", null, "https://acme.com"), new AuditChange("retentionDays", null, "30")], log[4].Changes);
        Assert.Contains(new AuditChange("samplingRate", null, "25 %"), log[1].Changes);
        Assert.DoesNotContain(log[1].Changes, static c => c.Field is "cooldownHours" or "enabled");
    }

    [Fact]
    public async Task What_changes_nothing_is_neither_written_nor_told_and_a_plan_tells_its_limits()
    {
        await using var cluster = await Cluster.Start();
        var saved = (await cluster.Tenant.AddMoment(Team.Owner, Some.Moment)).Moment!;
        var (version, entries) = ((await cluster.Tenant.Snapshot())!.Version, (await cluster.Audit()).Length);

        Assert.Equal((SaveStatus.Saved, saved.Version), await Save(Some.Moment with { Question = saved.Question }));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ChangePlan(Author.Operator, PlanLimits.SelfHosted));
        Assert.Equal((version, entries), ((await cluster.Tenant.Snapshot())!.Version, (await cluster.Audit()).Length));

        // The smallest change is one.
        Assert.Equal((SaveStatus.Saved, version + 1), await Save(Some.Moment with { StartsAt = cluster.Time.GetUtcNow().AddSeconds(7) }));
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ChangePlan(Author.Operator, PlanLimits.SelfHosted with { Name = "pro", EventsPerMonth = 1_000 }));
        var log = await cluster.Audit();
        Assert.Equal((entries + 2, AuditKinds.PlanChanged), (log.Length, log[^1].Kind));
        Assert.Equal([new AuditChange("plan", "self_hosted", "pro"), new AuditChange("eventsPerMonth", "0", "1000")], log[^1].Changes);

        async Task<(SaveStatus, long)> Save(MomentDefinition moment)
        {
            var outcome = await cluster.Tenant.ReplaceMoment(Team.Owner, moment, null);
            return (outcome.Status, outcome.Moment!.Version);
        }
    }

    [Fact]
    public async Task No_secret_and_no_erased_id_stands_in_the_log()
    {
        await using var cluster = await Cluster.Start();
        var plain = ApiKeys.Generate(KeyKind.Secret);
        var token = InviteTokens.Make(Cluster.Workspace);
        await cluster.Tenant.AddKey(Team.Owner, ApiKeys.Record(plain, cluster.Time.GetUtcNow()));
        await cluster.Tenant.Invite(Team.Owner, "ada@acme.com", MemberRole.Viewer, InviteTokens.Hash(token));
        await cluster.Tenant.NoteErasure(Team.Owner, "u:user_123");
        var log = JsonSerializer.Serialize(await cluster.Audit());
        Assert.All([plain, ApiKeys.Hash(plain), token, InviteTokens.Hash(token), "user_123"], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_save_that_changes_nothing_is_no_change()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var before = (await cluster.Audit()).Length;
        Assert.Equal(SaveStatus.Saved, (await cluster.Tenant.ReplaceMoment(Team.Owner, Some.Moment, null)).Status);
        Assert.Equal(SaveStatus.Saved, await cluster.Tenant.ReplaceSettings(Team.Owner, (await cluster.Tenant.Snapshot())!.Settings));
        Assert.Equal(before, (await cluster.Audit()).Length);
    }

    [Fact]
    public async Task An_entry_that_a_crash_left_in_the_document_reaches_the_ledger_once()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Tenant.AddMoment(Team.Owner, Some.Moment);
        // As after a crash between the change and the ledger: the document holds entries of which the ledger has the first alone.
        var tenant = cluster.Grains.Tenant("crashed");
        var at = cluster.Time.GetUtcNow();
        AuditEntry[] entries =
        [
            new(1, at, Author.Operator, AuditKinds.WorkspaceCreated, "", []),
            new(2, at, Team.Owner, AuditKinds.SettingsChanged, "", [new AuditChange("retentionDays", null, "30")]),
        ];
        await ((ILedgerAudit)cluster.Ledger).AppendAudit("crashed", [entries[0]]);
        var state = new TenantState { Document = (await cluster.Tenant.Snapshot())! with { Workspace = "crashed" }, Outbox = [.. entries], LastEntry = 2 };
        await cluster.Process(0).GetRequiredKeyedService<IGrainStorage>(Storage.Provider).WriteStateAsync(Storage.Tenant, tenant.GetGrainId(), new GrainState<TenantState>(state));

        await tenant.Snapshot();
        await cluster.Eventually(async () => (await cluster.Audit("crashed")).Length == 2);
        Assert.Equal(SaveStatus.Saved, (await tenant.AddMoment(Team.Owner, Some.Moment with { Event = "after" })).Status);
        Assert.Equal([1L, 2, 3], (await cluster.Audit("crashed")).Select(static e => e.Sequence));
        await cluster.Restart();
        Assert.Equal(SaveStatus.Saved, (await cluster.Grains.Tenant("crashed").AddMoment(Team.Owner, Some.Moment with { Event = "later" })).Status);
        Assert.Equal([1L, 2, 3, 4], (await cluster.Audit("crashed")).Select(static e => e.Sequence));
    }

    [Fact]
    public async Task Entries_go_on_after_a_silo_of_an_older_version_wrote_the_document_without_their_count()
    {
        await using var cluster = await Cluster.Start();
        var tenant = cluster.Grains.Tenant("older");
        await ((ILedgerAudit)cluster.Ledger).AppendAudit("older", [new(1, cluster.Time.GetUtcNow(), Author.Operator, AuditKinds.WorkspaceCreated, "", [])]);
        var state = new TenantState { Document = (await cluster.Tenant.Snapshot())! with { Workspace = "older" } };
        await cluster.Process(0).GetRequiredKeyedService<IGrainStorage>(Storage.Provider).WriteStateAsync(Storage.Tenant, tenant.GetGrainId(), new GrainState<TenantState>(state));

        Assert.Equal(SaveStatus.Saved, (await tenant.AddMoment(Team.Owner, Some.Moment)).Status);
        Assert.Equal(SaveStatus.Saved, await tenant.RemoveMoment(Team.Owner, Some.Moment.Event, null));

        Assert.Equal([AuditKinds.WorkspaceCreated, AuditKinds.MomentCreated, AuditKinds.MomentRemoved], await cluster.Kinds("older"));
    }

    [Fact]
    public async Task What_silos_of_an_older_version_change_is_the_operators()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Tenant.AddMoment(Some.Moment);
        Assert.Equal(Author.Operator, (await cluster.Audit())[^1].Author);
    }

    [Fact]
    public void No_change_is_too_small_to_be_told()
    {
        var moment = Some.Moment with { SamplingRate = 0.00001m };
        Assert.Equal([new AuditChange("samplingRate", "0.00001 %", "0.00002 %")], AuditDifferences.Of(moment, moment with { SamplingRate = 0.00002m }));
        Assert.Empty(AuditDifferences.Of(moment with { SamplingRate = 25m }, moment with { SamplingRate = 25.00m }));
    }

    [Fact]
    public void A_long_value_is_cut_between_characters()
    {
        var long1 = new string('a', AuditEntry.MaxText - 2) + "😀😀";
        var change = Assert.Single(AuditDifferences.Of("question", null, long1));
        Assert.Equal(new string('a', AuditEntry.MaxText - 2) + "…", change.After);
    }
}
