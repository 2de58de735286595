using Conclude.Grains.Tenants;
using Conclude.Grains.Tests.Sessions;

namespace Conclude.Grains.Tests.Tenants;

/// <summary>Proves that each field out of bounds is named, and a plain moment passes.</summary>
public sealed class MomentValidationTests
{
    public static TheoryData<string, MomentDefinition> OutOfBounds => new()
    {
        { "event", Some.Moment with { Event = "no spaces" } },
        { "event", Some.Moment with { Event = new string('a', 101) } },
        { "question", Some.Moment with { Question = " " } },
        { "question", Some.Moment with { Question = new string('a', 301) } },
        { "followUp", Some.Moment with { FollowUp = "" } },
        { "samplingRate", Some.Moment with { SamplingRate = 100.01m } },
        { "samplingRate", Some.Moment with { SamplingRate = -1 } },
        { "samplingMode", Some.Moment with { SamplingMode = (SamplingMode)9 } },
        { "cooldownHours", Some.Moment with { CooldownHours = -0.5m } },
        { "delaySeconds", Some.Moment with { DelaySeconds = 301 } },
        { "endsAt", Some.Moment with { StartsAt = Some.Now, EndsAt = Some.Now } },
        { "responseCap", Some.Moment with { ResponseCap = 0 } },
        { "audience[0]", Some.Moment with { Audience = [new("user.shoe", AudienceOperator.Is, "x")] } },
        { "audience[0]", Some.Moment with { Audience = [new("trait.", AudienceOperator.Is, "x")] } },
        { "audience[0]", Some.Moment with { Audience = [new("trait.a", AudienceOperator.Gt, "many")] } },
        { "audience[0]", Some.Moment with { Audience = [new("trait.a", AudienceOperator.Is, null)] } },
        { "audience", Some.Moment with { Audience = [.. Enumerable.Repeat(new AudienceRule("trait.a", AudienceOperator.Exists, null), 21)] } },
        { "translations.x", Some.Moment with { Translations = Some.Moment.Translations.Add("x", new("q", null)) } },
        { "translations.de", Some.Moment with { Translations = Some.Moment.Translations.Add("de", new("", null)) } },
    };

    [Theory, MemberData(nameof(OutOfBounds), DisableDiscoveryEnumeration = true)]
    public void A_field_out_of_bounds_is_named(string field, MomentDefinition moment) =>
        Assert.Equal([field], MomentValidation.Check(moment).Keys);

    [Fact]
    public void A_moment_with_every_field_set_passes() => Assert.Empty(MomentValidation.Check(Some.Moment with
    {
        FollowUp = "What happened?",
        SamplingRate = 0.01m,
        StartsAt = Some.Now,
        EndsAt = Some.Now.AddDays(1),
        ResponseCap = 1,
        DelaySeconds = 300,
        Audience = [new("trait.plan", AudienceOperator.IsNot, "free"), new("company.monthlySpend", AudienceOperator.Gt, "10.5")],
        Translations = Some.Moment.Translations.Add("pt-BR", new("Como foi?", null)),
    }));
}
