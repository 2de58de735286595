using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Conclude.Grains.Sessions;

namespace Conclude.Grains.Tenants;

/// <summary>Bounds of a moment's fields, for the API and the dashboard alike.</summary>
public static partial class MomentValidation
{
    public const int MaxText = 300;
    public const int MaxDelaySeconds = 300;
    public const int MaxRules = 20;
    public const int MaxRuleText = 500;
    public const int MaxTranslations = 50;
    public const int MaxResponseCap = 1_000_000_000;

    /// <summary>Hours: ten years.</summary>
    public const decimal MaxCooldownHours = 87_600;

    private static readonly ImmutableHashSet<string> Fields =
        ["company.id", "company.monthlySpend", "user.email", "page.url", "page.locale", "page.device"];

    /// <returns>One message by JSON field name; empty when all is well.</returns>
    public static ImmutableSortedDictionary<string, string> Check(MomentDefinition moment)
    {
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        void Must(bool holds, string field, string message)
        {
            if (!holds)
            {
                errors.TryAdd(field, message);
            }
        }

        Must(EventNames.IsValid(moment.Event), "event", "1–100 letters, digits or _ . : -");
        // Clients and servers alike take these out of an address, encoded or not: such a moment could never be read or removed.
        Must(moment.Event is not "." and not "..", "event", "cannot be . or ..");
        Must(IsText(moment.Question), "question", $"1–{MaxText} characters, no control characters");
        Must(moment.FollowUp is null || IsText(moment.FollowUp), "followUp", $"1–{MaxText} characters, no control characters, or nothing");
        Must(moment.SamplingRate is >= 0 and <= 100, "samplingRate", "a percentage, 0–100");
        Must(Enum.IsDefined(moment.SamplingMode), "samplingMode", "per_fire or per_user");
        Must(moment.CooldownHours is >= 0 and <= MaxCooldownHours, "cooldownHours", $"0–{MaxCooldownHours:0} hours");
        Must(moment.DelaySeconds is >= 0 and <= MaxDelaySeconds, "delaySeconds", $"0–{MaxDelaySeconds} seconds");
        Must(moment.StartsAt is null || moment.EndsAt is null || moment.StartsAt < moment.EndsAt, "endsAt", "must be after startsAt");
        Must(moment.ResponseCap is null or (>= 1 and <= MaxResponseCap), "responseCap", "1 or more, or nothing");
        Must(moment.Audience.Length <= MaxRules, "audience", $"at most {MaxRules} rules");
        for (var i = 0; i < moment.Audience.Length; i++)
        {
            var wrong = Wrong(moment.Audience[i]);
            Must(wrong is null, string.Create(CultureInfo.InvariantCulture, $"audience[{i}]"), wrong ?? "");
        }

        Must(moment.Translations.Count <= MaxTranslations, "translations", $"at most {MaxTranslations} languages");
        foreach (var (language, wording) in moment.Translations)
        {
            Must(IsLanguageTag(language), $"translations.{language}", "not a language tag such as de or pt-BR");
            Must(IsText(wording.Question) && (wording.FollowUp is null || IsText(wording.FollowUp)), $"translations.{language}", $"1–{MaxText} characters, no control characters");
        }

        return errors.ToImmutable();
    }

    /// <summary>Whether a text has the form of a language tag.</summary>
    public static bool IsLanguageTag(string text) => LanguageTag().IsMatch(text);

    private static string? Wrong(AudienceRule rule)
    {
        var known = Fields.Contains(rule.Field) || (rule.Field.StartsWith(Audience.TraitPrefix, StringComparison.Ordinal) && rule.Field.Length > Audience.TraitPrefix.Length);
        return rule switch
        {
            _ when !known || rule.Field.Length > MaxRuleText || rule.Field.Any(char.IsControl) => "unknown field",
            _ when !Enum.IsDefined(rule.Op) => "unknown op",
            { Op: AudienceOperator.Exists } => null,
            { Value: null or "" } => "value is missing",
            { Value.Length: > MaxRuleText } => $"value over {MaxRuleText} characters",
            _ when rule.Value.Any(char.IsControl) => "value has control characters",
            { Op: AudienceOperator.Gt or AudienceOperator.Lt } when !decimal.TryParse(rule.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "value must be a number",
            _ => null,
        };
    }

    /// <summary>Line ends and tabs are typed by people; PostgreSQL stores no NUL, and other control characters are noise on a page.</summary>
    private static bool IsText(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText && !text.Any(static c => char.IsControl(c) && c is not '\n' and not '\r' and not '\t');

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();
}
