using Conclude.Dashboard.Members;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that every kind of entry has a sentence of its own.</summary>
public sealed class AuditWordsTests
{
    private static readonly string[] Kinds = [.. typeof(AuditKinds).GetFields().Select(static f => (string)f.GetRawConstantValue()!)];

    public static TheoryData<string> All => [.. Kinds];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_kind_is_told_in_words_and_can_be_asked_for(string kind)
    {
        Assert.DoesNotContain(kind, AuditWords.What(Entry(kind, "x")), StringComparison.Ordinal);
        Assert.Contains(AuditWords.Groups, g => kind.StartsWith(g.Kind + ".", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_names_its_fields()
    {
        Assert.Equal("changed question of the moment exported", AuditWords.What(Entry(AuditKinds.MomentChanged, "exported", new AuditChange("question", "a", "b"))));
        Assert.Equal(
            "changed quiet period, accent and 1 more in the settings",
            AuditWords.What(Entry(AuditKinds.SettingsChanged, "", new("quietPeriodHours", "0", "1"), new("theme.accent", "a", "b"), new("retentionDays", null, "8"))));
        Assert.Equal("made ada@acme.com, a viewer before, an admin", AuditWords.What(Entry(AuditKinds.MemberRoleChanged, "ada@acme.com", new AuditChange("role", "viewer", "admin"))));
        Assert.Equal("joined as an owner, invited by a@b", AuditWords.What(Entry(AuditKinds.MemberJoined, "x@y", new("role", null, "owner"), new("invitedBy", null, "a@b"))));
        Assert.Equal("something.new thing", AuditWords.What(Entry("something.new", "thing")));
    }

    private static AuditEntry Entry(string kind, string subject, params AuditChange[] changes) => new(1, DateTimeOffset.UnixEpoch, Author.Operator, kind, subject, [.. changes]);
}
