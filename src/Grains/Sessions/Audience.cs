using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>Whether a person on a page belongs to a moment's audience: all rules must hold.</summary>
internal static class Audience
{
    public const string TraitPrefix = "trait.";

    public static bool Contains(ImmutableArray<AudienceRule> rules, Person person, PageContext context) =>
        rules.All(rule => Holds(rule, Values(rule.Field, person, context)));

    /// <summary>Over several companies <c>is_not</c> means none, any other operator any; a missing field fails all but <c>is_not</c>.</summary>
    private static bool Holds(AudienceRule rule, IEnumerable<string?> values)
    {
        var present = values.OfType<string>();
        return rule.Op == AudienceOperator.IsNot
            ? !present.Any(v => Same(v, rule.Value))
            : present.Any(v => Matches(rule.Op, v, rule.Value));
    }

    private static bool Matches(AudienceOperator op, string value, string? wanted) => op switch
    {
        AudienceOperator.Exists => true,
        AudienceOperator.Is => Same(value, wanted),
        AudienceOperator.Contains => wanted is not null && value.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        AudienceOperator.StartsWith => wanted is not null && value.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        AudienceOperator.Gt => Number(value) > Number(wanted),
        AudienceOperator.Lt => Number(value) < Number(wanted),
        _ => false,
    };

    private static bool Same(string value, string? wanted) =>
        string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase) || (Number(value) is { } a && a == Number(wanted));

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string?> Values(string field, Person person, PageContext context) => field switch
    {
        "company.id" => person.Companies.Select(static c => c.Id),
        "company.monthlySpend" => person.Companies.Select(static c => c.MonthlySpend?.ToString(CultureInfo.InvariantCulture)),
        "user.email" => [person.Email],
        "page.url" => [context.Url],
        "page.locale" => [context.Locale],
        "page.device" => [context.Device],
        _ when field.StartsWith(TraitPrefix, StringComparison.Ordinal) => [person.Traits.GetValueOrDefault(field[TraitPrefix.Length..])],
        _ => [],
    };
}
