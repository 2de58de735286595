using System.Collections.Immutable;
using System.Text.Json;
using Conclude.Grains.Accounts;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Wire;

/// <summary>Proves that grains wake from what another version stored: members it did not have, members that are gone since.</summary>
public sealed class StoredStateGrainTests
{
    [Fact]
    public async Task A_workspace_of_the_first_version_is_in_force()
    {
        await using var cluster = await Cluster.Start();
        var tenant = cluster.Grains.Tenant("older");
        await Store(cluster, Storage.Tenant, tenant, """
            {"Document":{"Workspace":"older","Name":"Older","Version":4,
             "Moments":{"report_exported":{"Event":"report_exported","Question":"How was it?","SamplingRate":12.5,"SamplingMode":"PerUser","Mood":"gone",
              "Audience":[{"Field":"trait.plan","Op":"IsNot","Value":"free","Weight":3}]}},
             "Settings":{"AllowedOrigins":["https://acme.com"],"QuietPeriodHours":2.5,"Theme":{"Accent":"#123456","Mode":"dark","Placement":"top-left"},"Beta":{"On":[true]}},
             "Plan":{"Name":"pro","EventsPerMonth":250000,"Moments":25,"Members":10},
             "Keys":[{"Id":"k","Kind":"Test","Hash":"h","Plain":"pk_test_1","CreatedAt":"2026-01-02T03:04:05+00:00"}],
             "Members":[{"Email":"owner@acme.com","Role":"Owner"}]},
             "Checksum":"gone"}
            """);
        var workspace = (await tenant.Snapshot())!;
        Assert.Equal(("Older", 4L, KeyKind.Test, MemberRole.Owner), (workspace.Name, workspace.Version, workspace.Keys[0].Kind, workspace.Members[0].Role));
        var moment = workspace.Moments["report_exported"];
        Assert.Equal((true, 12.5m, SamplingMode.PerUser, 24m, 0L), (moment.Enabled, moment.SamplingRate, moment.SamplingMode, moment.CooldownHours, moment.Version));
        Assert.Equal(new AudienceRule("trait.plan", AudienceOperator.IsNot, "free"), Assert.Single(moment.Audience));
        Assert.Empty(moment.Translations);
        Assert.Equal((2.5m, null), (workspace.Settings.QuietPeriodHours, workspace.Settings.RetentionDays));
        Assert.Equal(SaveStatus.Saved, await tenant.ReplaceSettings(workspace.Settings with { RetentionDays = 30 }));
    }

    [Fact]
    public async Task An_account_and_a_key_of_the_first_version_are_found()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account("ada@acme.com");
        await Store(cluster, Storage.Account, account, """{"Account":{"Email":"ada@acme.com","SecurityStamp":"s","Locale":"gone"},"Nonce":1}""");
        var found = (await account.Find())!;
        Assert.Equal(("ada@acme.com", 0, null), (found.Email, found.AccessFailedCount, found.PasswordHash));
        Assert.Equal(ImmutableArray<string>.Empty, found.Workspaces);
        var key = cluster.Grains.Key("hash");
        await Store(cluster, Storage.Key, key, """{"Owner":{"Workspace":"acme","KeyId":"k","Kind":"Secret","Issuer":"gone"}}""");
        Assert.Equal(new KeyOwner("acme", "k", KeyKind.Secret), await key.Find());
    }

    [Fact]
    public async Task What_is_stored_is_what_comes_back()
    {
        await using var cluster = await Cluster.Start();
        await ComesBack(cluster, Storage.Tenant, (TenantState)Samples.All[nameof(TenantState)]);
        await ComesBack(cluster, Storage.Account, (AccountState)Samples.All[nameof(AccountState)]);
        await ComesBack(cluster, Storage.Key, (KeyState)Samples.All[nameof(KeyState)]);
    }

    private static async Task Store(Cluster cluster, string name, IAddressable grain, string json)
    {
        using var document = JsonDocument.Parse(json);
        await StorageOf(cluster).WriteStateAsync(name, grain.GetGrainId(), new GrainState<JsonElement>(document.RootElement));
    }

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
