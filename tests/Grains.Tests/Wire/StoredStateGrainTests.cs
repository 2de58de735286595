using System.Collections.Immutable;
using Conclude.Grains.Accounts;
using Conclude.Grains.Idempotency;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Wire;

/// <summary>
/// Proves that grains wake from what another version stored: members it did not have, members that are gone since. The local engine stores JSON by
/// member names, the Orleans host Orleans' own format by member numbers.
/// </summary>
public sealed class StoredStateGrainTests
{
    [Fact]
    public async Task A_workspace_of_another_version_is_in_force()
    {
        await using var cluster = await Cluster.Start();
        var tenant = cluster.Grains.Tenant("older");
        await Store(cluster, Storage.Tenant, tenant, new OtherTenantState
        {
            Document = new OtherWorkspace(
                "older", "Older", 4,
                ImmutableSortedDictionary<string, OtherMoment>.Empty.Add("report_exported", new OtherMoment
                {
                    Event = "report_exported",
                    Question = "How was it?",
                    SamplingRate = 12.5m,
                    SamplingMode = SamplingMode.PerUser,
                    Audience = [new AudienceRule("trait.plan", AudienceOperator.IsNot, "free")],
                    Mood = "gone",
                }),
                new OtherSettings(["https://acme.com"], 2.5m, Theme.Default, [Theme.Default]), new OtherPlan("pro", 250_000),
                [new ApiKey("k", KeyKind.Test, "h", "pk_test_1", cluster.Time.GetUtcNow())], [new Member("owner@acme.com", MemberRole.Owner)]),
            Checksum = "gone",
        });
        var workspace = (await tenant.Snapshot())!;
        Assert.Equal(("Older", 4L, KeyKind.Test, MemberRole.Owner), (workspace.Name, workspace.Version, workspace.Keys[0].Kind, workspace.Members[0].Role));
        Assert.Empty(workspace.Webhooks);
        var moment = workspace.Moments["report_exported"];
        Assert.Equal("How was it?", moment.Question);
        Assert.Equal((true, 12.5m, SamplingMode.PerUser, 24m, 0L), (moment.Enabled, moment.SamplingRate, moment.SamplingMode, moment.CooldownHours, moment.Version));
        Assert.Equal(new AudienceRule("trait.plan", AudienceOperator.IsNot, "free"), Assert.Single(moment.Audience));
        Assert.Empty(moment.Translations);
        Assert.Null(moment.CreatedAt);
        Assert.False(workspace.IsBlocked("noise"));
        Assert.Equal((2.5m, null), (workspace.Settings.QuietPeriodHours, workspace.Settings.RetentionDays));
        Assert.Equal(SaveStatus.Saved, await tenant.ReplaceSettings(workspace.Settings with { RetentionDays = 30 }));
    }

    [Fact]
    public async Task An_account_and_a_key_of_another_version_are_found()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account("ada@acme.com");
        await Store(cluster, Storage.Account, account, new OtherAccountState
        {
            Account = new OtherAccount { Email = "ada@acme.com", SecurityStamp = "s", Locale = "gone" },
            Nonce = 1,
        });
        var found = (await account.Find())!;
        Assert.Equal(("ada@acme.com", 0, null), (found.Email, found.AccessFailedCount, found.PasswordHash));
        Assert.Equal(ImmutableArray<string>.Empty, found.Workspaces);
        var key = cluster.Grains.Key("hash");
        await Store(cluster, Storage.Key, key, new OtherKeyState { Owner = new OtherKeyOwner("acme", "k", KeyKind.Secret, "gone") });
        Assert.Equal(new KeyOwner("acme", "k", KeyKind.Secret), await key.Find());
    }

    [Fact]
    public async Task What_is_stored_is_what_comes_back()
    {
        await using var cluster = await Cluster.Start();
        await ComesBack(cluster, Storage.Tenant, (TenantState)Samples.All[nameof(TenantState)]);
        await ComesBack(cluster, Storage.Account, (AccountState)Samples.All[nameof(AccountState)]);
        await ComesBack(cluster, Storage.Idempotency, (IdempotencyState)Samples.All[nameof(IdempotencyState)]);
        await ComesBack(cluster, Storage.Key, (KeyState)Samples.All[nameof(KeyState)]);
    }

    private static Task Store<T>(Cluster cluster, string name, IAddressable grain, T state) =>
        StorageOf(cluster).WriteStateAsync(name, grain.GetGrainId(), new GrainState<T>(state));

    private static async Task ComesBack<T>(Cluster cluster, string name, T state)
        where T : class, new()
    {
        var id = GrainId.Create(name, "sample");
        await StorageOf(cluster).WriteStateAsync(name, id, new GrainState<T>(state));
        var read = new GrainState<T>(new T());
        await StorageOf(cluster).ReadStateAsync(name, id, read);
        Assert.Equal(Samples.Text(state), Samples.Text(read.State!));
    }

    private static IGrainStorage StorageOf(Cluster cluster) => cluster.Process(0).GetRequiredKeyedService<IGrainStorage>(Storage.Provider);
}
