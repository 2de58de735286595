using System.Text.Json;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Grains.Tests.Wire.OnLocal;

/// <summary>Proves that the local engine reads the very text that its first version wrote.</summary>
public sealed class StoredJsonGrainTests
{
    [Fact]
    public async Task A_workspace_of_the_first_version_is_in_force()
    {
        await using var cluster = await Cluster.Start();
        var tenant = cluster.Grains.Tenant("older");
        using var document = JsonDocument.Parse("""
            {"Document":{"Workspace":"older","Name":"Older","Version":4,
             "Moments":{"report_exported":{"Event":"report_exported","Enabled":true,"OncePerUser":true,"Question":"How was it?","FollowUp":null,"SamplingRate":12.5,
              "SamplingMode":"PerUser","CooldownHours":1.5,"DelaySeconds":5,"StartsAt":"2026-01-02T03:04:05+00:00","EndsAt":null,"ResponseCap":9,
              "Audience":[{"Field":"trait.plan","Op":"IsNot","Value":"free"}],"Translations":{"de":{"Question":"Wie war es?","FollowUp":null}},"Version":3,"Gone":{"A":[1]}}},
             "Settings":{"AllowedOrigins":["https://acme.com"],"RequireVerifiedIdentity":true,"QuietPeriodHours":2.5,
              "Theme":{"Accent":"#123456","Mode":"dark","Placement":"top-left"},"RetentionDays":null},
             "Plan":{"Name":"pro","EventsPerMonth":250000,"Moments":25,"Members":10,"RetentionDays":180},
             "Keys":[{"Id":"k","Kind":"Test","Hash":"h","Plain":"pk_test_1","CreatedAt":"2026-01-02T03:04:05+00:00"}],
             "Members":[{"Email":"owner@acme.com","Role":"Owner"}],"IdentitySecret":"secret"}}
            """);
        await Store(cluster, Storage.Tenant, tenant, document);
        var workspace = (await tenant.Snapshot())!;
        Assert.Equal(new ApiKey("k", KeyKind.Test, "h", "pk_test_1", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), Assert.Single(workspace.Keys));
        Assert.Equal(new Member("owner@acme.com", MemberRole.Owner), Assert.Single(workspace.Members));
        Assert.Equal(new PlanLimits("pro", 250_000, 25, 10, 180, 0), workspace.Plan);
        Assert.Equal(new Theme("#123456", "dark", "top-left"), workspace.Settings.Theme);
        var moment = workspace.Moments["report_exported"];
        Assert.Equal((12.5m, SamplingMode.PerUser, 1.5m, 9), (moment.SamplingRate, moment.SamplingMode, moment.CooldownHours, moment.ResponseCap));
        Assert.Equal(new AudienceRule("trait.plan", AudienceOperator.IsNot, "free"), Assert.Single(moment.Audience));
        Assert.Equal(new Wording("Wie war es?", null), moment.Translations["de"]);
    }

    [Fact]
    public async Task An_account_of_the_first_version_is_found_and_its_only_link_of_then_is_gone()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account("ada@acme.com");
        using var document = JsonDocument.Parse("""
            {"Account":{"Email":"ada@acme.com","PasswordHash":"h","SecurityStamp":"s","AccessFailedCount":2,"LockoutEnd":null,"Workspaces":["acme"],"Etag":null},
             "LinkHash":"hash","LinkExpires":"2126-01-02T03:04:05+00:00"}
            """);
        await Store(cluster, Storage.Account, account, document);
        var found = (await account.Find())!;
        Assert.Equal(("h", "s", 2, "acme"), (found.PasswordHash, found.SecurityStamp, found.AccessFailedCount, Assert.Single(found.Workspaces)));
        Assert.False(await account.RedeemLink("hash"));
    }

    private static Task Store(Cluster cluster, string name, IAddressable grain, JsonDocument document) => cluster.Process(0)
        .GetRequiredKeyedService<IGrainStorage>(Storage.Provider).WriteStateAsync(name, grain.GetGrainId(), new GrainState<JsonElement>(document.RootElement));
}
