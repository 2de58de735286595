using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that two people's changes to one moment are told apart, and put together without losing either's.</summary>
public sealed class MomentFieldTests
{
    private static readonly MomentDefinition Start = new() { Event = "report_exported", Question = "How was it?", Version = 3 };

    private static readonly MomentDefinition Everything = Start with
    {
        Question = "Well?",
        FollowUp = "Why?",
        Enabled = false,
        OncePerUser = true,
        SamplingRate = 5,
        SamplingMode = SamplingMode.PerUser,
        CooldownHours = 1,
        DelaySeconds = 9,
        StartsAt = DateTimeOffset.UnixEpoch,
        EndsAt = DateTimeOffset.UnixEpoch.AddDays(1),
        ResponseCap = 7,
        Audience = [new AudienceRule("trait.plan", AudienceOperator.Is, "pro")],
        Translations = Start.Translations.Add("de", new Wording("Wie?", null)),
    };

    [Fact]
    public void Every_field_of_a_definition_is_compared_and_has_words()
    {
        var fields = typeof(MomentDefinition).GetProperties().Select(static p => p.Name).Where(static n => n is not ("Event" or "Version" or "CreatedAt" or "EqualityContract"));

        Assert.Equal(fields.Order(StringComparer.OrdinalIgnoreCase), MomentField.All.Select(static f => f.Name).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(MomentField.All, MomentField.Between(Start, Everything));
        Assert.All(MomentField.All, static f => Assert.NotEqual(f.Words(Start, TimeZoneInfo.Utc), f.Words(Everything, TimeZoneInfo.Utc)));
        Assert.Empty(MomentField.Between(Everything, Everything with { Audience = [.. Everything.Audience], Version = 9 }));
    }

    [Fact]
    public void What_only_one_changed_is_kept_and_where_both_did_mine_is()
    {
        var theirs = Start with { Question = "Theirs?", CooldownHours = 48, Version = 4 };
        var mine = Start with { Question = "Mine?", Audience = Everything.Audience };

        var merged = MomentField.Merge(Start, theirs, mine);

        Assert.Equal(theirs with { Question = "Mine?", Audience = Everything.Audience }, merged);
        foreach (var field in MomentField.All)
        {
            Assert.True(field.IsSame(Everything, field.Take(Start, Everything)));
            Assert.Equal([field], MomentField.Between(Start, field.Take(Start, Everything)));
        }
    }
}
