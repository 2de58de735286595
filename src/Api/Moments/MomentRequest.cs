using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Moments;

/// <summary>A moment as an admin states it; what is left out has its default. Bounds are those of <see cref="MomentValidation"/>.</summary>
/// <param name="Event">1–100 letters, digits or <c>_ . : -</c>; may be left out where the address names it.</param>
/// <param name="SamplingRate">Percent, 0–100; default 100.</param>
/// <param name="CooldownHours">Hours from <c>seen</c>; default 24.</param>
/// <param name="DelaySeconds">Seconds that the widget waits before it paints; default 0.</param>
/// <param name="ResponseCap">No more prompts once answers and live prompts reach this.</param>
/// <param name="Audience">All rules must hold.</param>
/// <param name="Translations">Wording by language tag.</param>
internal sealed record MomentRequest(
    string? Question, string? Event = null, bool? Enabled = null, bool? OncePerUser = null, string? FollowUp = null,
    decimal? SamplingRate = null, [property: JsonConverter(typeof(SnakeCase<SamplingMode>))] SamplingMode? SamplingMode = null,
    decimal? CooldownHours = null, int? DelaySeconds = null, DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null,
    int? ResponseCap = null, AudienceRuleJson?[]? Audience = null, Dictionary<string, WordingJson?>? Translations = null)
{
    /// <summary>Fields that are missing where they are required become ones that no check lets pass.</summary>
    public MomentDefinition Define(string? eventName) => new()
    {
        Event = eventName ?? Event ?? "",
        Enabled = Enabled ?? true,
        OncePerUser = OncePerUser ?? false,
        Question = Question ?? "",
        FollowUp = FollowUp is "" ? null : FollowUp,
        SamplingRate = SamplingRate ?? 100,
        SamplingMode = SamplingMode ?? default,
        CooldownHours = CooldownHours ?? 24,
        DelaySeconds = DelaySeconds ?? 0,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        ResponseCap = ResponseCap,
        Audience = Audience is null ? [] : [.. Audience.Select(static rule => rule?.Define() ?? AudienceRuleJson.Missing)],
        Translations = Translations is null
            ? ImmutableSortedDictionary<string, Wording>.Empty
            : Translations.ToImmutableSortedDictionary(static t => t.Key, static t => new Wording(t.Value?.Question ?? "", t.Value?.FollowUp is "" ? null : t.Value?.FollowUp)),
    };
}

/// <summary>One condition on the person or the page.</summary>
/// <param name="Field"><c>trait.NAME</c>, <c>company.id</c>, <c>company.monthlySpend</c>, <c>user.email</c>, <c>page.url</c>, <c>page.locale</c> or <c>page.device</c>.</param>
/// <param name="Value">Text, a number or a boolean; none with <c>exists</c>.</param>
internal sealed record AudienceRuleJson(
    string? Field,
    [property: JsonConverter(typeof(SnakeCase<AudienceOperator>))] AudienceOperator? Op,
    [property: JsonConverter(typeof(TextConverter))] string? Value = null)
{
    private const AudienceOperator NoOperator = (AudienceOperator)byte.MaxValue;

    public static AudienceRule Missing { get; } = new("", NoOperator, Value: null);

    public static AudienceRuleJson Of(AudienceRule rule) => new(rule.Field, rule.Op, rule.Value);

    public AudienceRule Define() => new(Field ?? "", Op ?? NoOperator, Op == AudienceOperator.Exists ? null : Value);
}

/// <summary>The words of a prompt in one language.</summary>
internal sealed record WordingJson(string? Question, string? FollowUp = null);
