using System.Net;
using Conclude.Api.Tests.Hosting;

namespace Conclude.Api.Tests.Whole;

/// <summary>Over HTTP: a program blocks the names that a page floods, and sees who is a member.</summary>
public sealed class BlockedNameTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Events_of_a_blocked_name_are_refused_until_it_is_unblocked()
    {
        var workspace = await TestWorkspace.Create(host);
        await workspace.AddMoment("exported");
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Managed(HttpMethod.Put, "blocked-names/noise")).StatusCode);
        Assert.Equal("""{"items":["noise"]}""", (await workspace.Get("blocked-names")).ToJsonString());
        Assert.Equal("blocked_event_name", (string?)(await workspace.Fire("ada", "noise"))["rejected"]![0]!["code"]);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "blocked-names/exported"), 409, "event_exists");
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Put, "blocked-names/no%20name"), 400, "validation");

        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Managed(HttpMethod.Delete, "blocked-names/noise")).StatusCode);
        Assert.Equal(1, (int)(await workspace.Fire("ada", "noise"))["accepted"]!);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, "blocked-names/noise"), 404, "not_found");
        Assert.Contains("name.blocked", (await workspace.Get("audit")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_and_invites_are_listed_without_what_opens_them()
    {
        var workspace = await TestWorkspace.Create(host);
        var tenant = Grains.GrainKeys.Tenant(host.Grains, workspace.Id);
        await tenant.Invite(Ledger.Author.Member("owner@acme.com"), "ada@acme.com", Grains.Tenants.MemberRole.Viewer, "0a1b2c");
        var list = await workspace.Get("members");
        Assert.Equal(("owner@acme.com", "owner"), ((string)list["items"]![0]!["email"]!, (string)list["items"]![0]!["role"]!));
        var invite = Assert.Single(list["invites"]!.AsArray())!;
        Assert.Equal(("ada@acme.com", "viewer", "owner@acme.com"), ((string)invite["email"]!, (string)invite["role"]!, (string)invite["invitedBy"]!));
        Assert.Equal(["owner@acme.com"], list["items"]!.AsArray().Select(static m => (string?)m!["email"]));
        Assert.Equal(TimeSpan.FromDays(7), (DateTimeOffset)invite["expiresAt"]! - (DateTimeOffset)invite["createdAt"]!);
        Assert.DoesNotContain("0a1b2c", list.ToJsonString(), StringComparison.Ordinal);
    }
}
