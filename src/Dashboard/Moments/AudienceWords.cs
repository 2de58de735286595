using System.Collections.Immutable;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>Audience rules in plain words, and which comparisons make sense for which field.</summary>
public static class AudienceWords
{
    public const string TraitPrefix = "trait.";

    /// <summary>Stands in a list of fields for a trait whose name is typed.</summary>
    public const string AnotherTrait = TraitPrefix;

    /// <summary>What a new rule begins with: every app has pages.</summary>
    public const string FirstField = "page.url";

    private static readonly ImmutableArray<AudienceOperator> OfText =
        [AudienceOperator.Is, AudienceOperator.IsNot, AudienceOperator.Contains, AudienceOperator.StartsWith, AudienceOperator.Exists];

    private static readonly ImmutableArray<AudienceOperator> OfNumber =
        [AudienceOperator.Gt, AudienceOperator.Lt, AudienceOperator.Is, AudienceOperator.IsNot, AudienceOperator.Exists];

    /// <summary>Fields without the traits, in the order in which they are offered.</summary>
    public static ImmutableArray<(string Field, string Name)> Fields { get; } =
    [
        ("page.url", "page URL"),
        ("page.locale", "page language"),
        ("page.device", "device"),
        ("user.email", "e-mail"),
        ("company.id", "company id"),
        ("company.monthlySpend", "company's monthly spend"),
    ];

    public static string? TraitOf(string field) => field.StartsWith(TraitPrefix, StringComparison.Ordinal) ? field[TraitPrefix.Length..] : null;

    /// <summary>What a person calls the field; a trait by its own name.</summary>
    public static string Name(string field) =>
        TraitOf(field) is { } trait ? trait.Length == 0 ? "…" : trait : Fields.FirstOrDefault(f => f.Field == field).Name ?? field;

    public static string Name(AudienceOperator op) => op switch
    {
        AudienceOperator.Is => "is",
        AudienceOperator.IsNot => "is not",
        AudienceOperator.Contains => "contains",
        AudienceOperator.StartsWith => "starts with",
        AudienceOperator.Gt => "is more than",
        AudienceOperator.Lt => "is less than",
        _ => "is known",
    };

    /// <summary>The comparisons to offer; the first is the usual one.</summary>
    public static ImmutableArray<AudienceOperator> Operators(string field) => field switch
    {
        "page.url" => [AudienceOperator.Contains, AudienceOperator.StartsWith, AudienceOperator.Is, AudienceOperator.IsNot],
        "page.locale" => [AudienceOperator.StartsWith, AudienceOperator.Is, AudienceOperator.IsNot],
        "page.device" => [AudienceOperator.Is, AudienceOperator.IsNot],
        "user.email" => [AudienceOperator.Contains, AudienceOperator.Is, AudienceOperator.IsNot, AudienceOperator.StartsWith, AudienceOperator.Exists],
        "company.monthlySpend" => OfNumber,
        "company.id" => OfText,
        _ => [.. OfText[..^1], AudienceOperator.Gt, AudienceOperator.Lt, AudienceOperator.Exists],
    };

    /// <summary>Such as <c>plan is pro</c>; what is still missing reads as an ellipsis.</summary>
    public static string Of(AudienceRule rule) => rule.Op is AudienceOperator.Exists
        ? $"{Name(rule.Field)} {Name(rule.Op)}"
        : $"{Name(rule.Field)} {Name(rule.Op)} {(string.IsNullOrWhiteSpace(rule.Value) ? "…" : rule.Value.Trim())}";

    /// <summary>Such as <c>Asked only when plan is pro and page URL contains /reports.</c></summary>
    public static string Sentence(IReadOnlyList<AudienceRule> rules) => rules switch
    {
        [] => "Everybody may be asked.",
        [var only] => $"Asked only when {Of(only)}.",
        _ => $"Asked only when {string.Join(", ", rules.SkipLast(1).Select(Of))} and {Of(rules[^1])}.",
    };
}
