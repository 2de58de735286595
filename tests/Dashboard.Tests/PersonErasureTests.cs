using Conclude.Dashboard.Privacy;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that nobody is erased from the dashboard without an entry in the audit log, which does not name them.</summary>
public sealed class PersonErasureTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task An_erasure_is_noted_by_a_hash()
    {
        await using var circuit = host.Circuit();
        await circuit.SignIn(DashboardHost.Owner);

        Assert.Null((await circuit.Get<PersonErasure>().Erase("t:u:user_to_erase")).Problem);

        // As the API notes it: by the key outside of tests, whichever was looked at.
        var entry = Assert.Single(await host.Audit(AuditKinds.PersonErased));
        Assert.Equal((Author.Member(DashboardHost.Owner), AuditHash.Of((await host.Grains.Tenant("acme").Snapshot())!, "u:user_to_erase")), (entry.Author, entry.Subject));
        Assert.DoesNotContain("user_to_erase", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_erase_erases_nobody_and_notes_nothing()
    {
        await host.AddMember("admin@example.com", MemberRole.Admin);
        await using var circuit = host.Circuit();
        await circuit.SignIn("admin@example.com");
        var before = (await host.Audit(AuditKinds.PersonErased)).Length;
        await host.Grains.Tenant("acme").ChangeRole(Author.Operator, "admin@example.com", MemberRole.Viewer);

        Assert.NotNull((await circuit.Get<PersonErasure>().Erase("u:somebody")).Problem);

        Assert.Equal(before, (await host.Audit(AuditKinds.PersonErased)).Length);
    }
}
