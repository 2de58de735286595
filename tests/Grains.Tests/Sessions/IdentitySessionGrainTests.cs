using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tests.Engine;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves what becomes of facts and links that come with proof of who the person is, and of those that come without.</summary>
public sealed class IdentitySessionGrainTests
{
    private static readonly string Ada = UserKeys.Person("ada");
    private static readonly Person Proved = Person.Nobody with { ExternalId = "ada", Email = "ada@acme.com", Verified = true };
    private static readonly Person Stated = Person.Nobody with { ExternalId = "ada" };

    [Fact]
    public async Task A_browser_linked_without_proof_brings_no_facts_to_a_proven_person()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.Fire(Ada, "any", person: Proved);
        await cluster.Fire(UserKeys.Browser("evil"), "any", person: Person.Nobody with { Name = "Mallory", Traits = Person.Nobody.Traits.Add("plan", "enterprise") });
        await cluster.Fire(Ada, "any", anonymousId: "evil", person: Stated);
        Assert.Equal(Proved, (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Person);
    }

    [Fact]
    public async Task Facts_stated_before_the_proof_do_not_become_proven_by_it()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.Fire(UserKeys.Browser("b1"), "any", person: Person.Nobody with { Traits = Person.Nobody.Traits.Add("plan", "enterprise") });
        await cluster.Fire(Ada, "any", anonymousId: "b1", person: Stated with { Name = "Mallory" });
        await cluster.Fire(Ada, "any", anonymousId: "b1", person: Proved);
        Assert.Equal(Proved, (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Person);
    }

    [Fact]
    public async Task A_browser_brings_its_facts_to_a_person_without_proof()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.Fire(UserKeys.Browser("b1"), "any", person: Person.Nobody with { Name = "Ada", Traits = Person.Nobody.Traits.Add("plan", "pro") });
        await cluster.Fire(Ada, "any", anonymousId: "b1", person: Stated with { Email = "ada@acme.com" });
        Assert.Equal(
            Stated with { Email = "ada@acme.com", Name = "Ada", Traits = Person.Nobody.Traits.Add("plan", "pro") },
            (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Person);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_is_proven_by_a_later_request_with_proof(bool afterTheRuleChanged)
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        await cluster.See(UserKeys.Browser("b1"), (await cluster.Fire(UserKeys.Browser("b1"), Some.Moment.Event)).Prompt!);
        await cluster.Fire(Ada, "any", anonymousId: "b1", person: Stated);
        if (!afterTheRuleChanged)
        {
            await cluster.Fire(Ada, "any", anonymousId: "b1", person: Proved);
        }

        var settings = (await cluster.Tenant.Snapshot())!.Settings;
        await cluster.Tenant.ReplaceSettings(settings with { RequireVerifiedIdentity = true });
        Assert.Equal(Verdict.Cooldown, (await cluster.Fire(Ada, Some.Moment.Event, anonymousId: "b1", person: Proved)).Verdict);
        Assert.True(Assert.Single((await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Browsers).Verified);
    }

    [Fact]
    public async Task Facts_of_a_person_do_not_grow_without_end()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        for (var request = 0; request < 10; request++)
        {
            var traits = Enumerable.Range(0, 50).ToImmutableSortedDictionary(i => string.Create(CultureInfo.InvariantCulture, $"trait-{request}-{i}"), static _ => "v");
            await cluster.Fire(Ada, "any", person: Stated with { Traits = traits });
        }

        var kept = (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Person.Traits;
        Assert.Equal(Person.MaxTraits, kept.Count);
        Assert.True(kept.ContainsKey("trait-9-0"));
    }

    [Fact]
    public async Task Browsers_linked_without_proof_do_not_grow_without_end()
    {
        await using var cluster = await Cluster.Start(Some.Moment);
        var session = cluster.Grains.Session(Cluster.Workspace, Ada);
        for (var browser = 0; browser < SessionMemory.MaxBrowsers + 10; browser++)
        {
            await session.Identify(Stated, string.Create(CultureInfo.InvariantCulture, $"b{browser}"), cluster.Time.GetUtcNow());
        }

        Assert.Equal(SessionMemory.MaxBrowsers, (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Browsers.Length);
        await session.Identify(Proved, "own", cluster.Time.GetUtcNow());
        Assert.Contains(new LinkedKey(UserKeys.Browser("own"), Verified: true), (await cluster.Ledger.ReadUser(Cluster.Workspace, Ada)).Browsers);
    }
}
