using System.Collections.Immutable;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Proves each operator on each kind of field, the rule for several companies, and that rules are ANDed.</summary>
public sealed class AudienceTests
{
    private static readonly Person Ada = new(
        "user_123", "ada@acme.com", "Ada",
        [new("co_acme", "Acme", 5000, null), new("co_beta", "Beta", 10, null)],
        ImmutableSortedDictionary<string, string>.Empty.Add("plan", "Pro").Add("seats", "12"),
        Verified: false);

    private static readonly PageContext Page = new("https://app.acme.com/reports", "en-GB", "desktop");

    [Theory]
    [InlineData("trait.plan", AudienceOperator.Is, "pro", true)]
    [InlineData("trait.plan", AudienceOperator.Is, "free", false)]
    [InlineData("trait.seats", AudienceOperator.Is, "12.0", true)]
    [InlineData("trait.seats", AudienceOperator.Gt, "11.5", true)]
    [InlineData("trait.seats", AudienceOperator.Gt, "12", false)]
    [InlineData("trait.seats", AudienceOperator.Lt, "13", true)]
    [InlineData("trait.plan", AudienceOperator.Gt, "1", false)]
    [InlineData("trait.plan", AudienceOperator.Lt, "1", false)]
    [InlineData("trait.plan", AudienceOperator.Exists, null, true)]
    [InlineData("trait.none", AudienceOperator.Exists, null, false)]
    [InlineData("trait.none", AudienceOperator.Is, "x", false)]
    [InlineData("trait.none", AudienceOperator.IsNot, "x", true)]
    [InlineData("company.id", AudienceOperator.Is, "co_beta", true)]
    [InlineData("company.id", AudienceOperator.IsNot, "co_beta", false)]
    [InlineData("company.id", AudienceOperator.IsNot, "co_gamma", true)]
    [InlineData("company.monthlySpend", AudienceOperator.Gt, "4999", true)]
    [InlineData("company.monthlySpend", AudienceOperator.Lt, "11", true)]
    [InlineData("user.email", AudienceOperator.Contains, "@ACME", true)]
    [InlineData("page.url", AudienceOperator.StartsWith, "https://app.acme.com/", true)]
    [InlineData("page.url", AudienceOperator.StartsWith, "https://www.", false)]
    [InlineData("page.locale", AudienceOperator.StartsWith, "en", true)]
    [InlineData("page.device", AudienceOperator.IsNot, "desktop", false)]
    [InlineData("nonsense", AudienceOperator.Exists, null, false)]
    public void A_rule_holds_or_not(string field, AudienceOperator op, string? value, bool holds) =>
        Assert.Equal(holds, Audience.Contains([new(field, op, value)], Ada, Page));

    [Fact]
    public void All_rules_must_hold() =>
        Assert.False(Audience.Contains([new("trait.plan", AudienceOperator.Is, "pro"), new("page.device", AudienceOperator.Is, "phone")], Ada, Page));

    [Fact]
    public void Without_rules_everybody_belongs() => Assert.True(Audience.Contains([], Person.Nobody, PageContext.Unknown));
}
