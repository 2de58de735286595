using System.Collections.Immutable;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Grains.Tenants;

/// <summary>What a change did to the fields of a moment or of the settings, as text; fields by their JSON names.</summary>
public static class AuditDifferences
{
    /// <param name="before">Null for a new moment: what differs from a moment with nothing set.</param>
    /// <param name="after">Null for a removed one.</param>
    public static ImmutableArray<AuditChange> Of(MomentDefinition? before, MomentDefinition? after)
    {
        var (was, @is) = (Texts(before), Texts(after));
        return Between(was, @is, (before is null) != (after is null) ? Texts(new MomentDefinition { Event = "", Question = "" }) : null);
    }

    public static ImmutableArray<AuditChange> Of(WorkspaceSettings before, WorkspaceSettings after) => Between(Texts(before), Texts(after), nothingSet: null);

    /// <summary>The plan's name always, and each limit that is another; 0 is unlimited.</summary>
    public static ImmutableArray<AuditChange> Of(PlanLimits before, PlanLimits after) =>
        [new("plan", before.Name, after.Name), .. Between(Texts(before), Texts(after), nothingSet: null)];

    public static ImmutableArray<AuditChange> Of(string field, string? before, string? after) => [new(field, Short(before), Short(after))];

    private static ImmutableArray<AuditChange> Between((string Field, string? Text)[] before, (string Field, string? Text)[] after, (string Field, string? Text)[]? nothingSet) =>
    [
        .. before.Zip(after)
            .Where((pair, i) => pair.First.Text != pair.Second.Text && (nothingSet is null || (pair.First.Text ?? pair.Second.Text) != nothingSet[i].Text))
            .Select(static pair => new AuditChange(pair.First.Field, Short(pair.First.Text), Short(pair.Second.Text))),
    ];

    private static (string Field, string? Text)[] Texts(MomentDefinition? moment) =>
    [
        ("enabled", moment is null ? null : OnOff(moment.Enabled)),
        ("question", moment?.Question),
        ("followUp", moment?.FollowUp),
        ("oncePerUser", moment is null ? null : OnOff(moment.OncePerUser)),
        ("samplingRate", moment is null ? null : string.Create(CultureInfo.InvariantCulture, $"{moment.SamplingRate:0.############################} %")),
        ("samplingMode", moment?.SamplingMode switch { null => null, SamplingMode.PerUser => "per user", _ => "per fire" }),
        ("cooldownHours", moment is null ? null : string.Create(CultureInfo.InvariantCulture, $"{moment.CooldownHours:0.############################}")),
        ("delaySeconds", moment is null ? null : string.Create(CultureInfo.InvariantCulture, $"{moment.DelaySeconds}")),
        ("startsAt", Time(moment?.StartsAt)),
        ("endsAt", Time(moment?.EndsAt)),
        ("responseCap", moment?.ResponseCap?.ToString(CultureInfo.InvariantCulture)),
        ("audience", moment is null or { Audience.IsDefaultOrEmpty: true } ? null : string.Join("; ", moment.Audience.Select(Text))),
        ("translations", moment is null or { Translations.IsEmpty: true }
            ? null
            : string.Join("; ", moment.Translations.Select(static t => t.Value.FollowUp is null ? $"{t.Key}: {t.Value.Question}" : $"{t.Key}: {t.Value.Question} / {t.Value.FollowUp}"))),
    ];

    private static (string Field, string? Text)[] Texts(WorkspaceSettings settings) =>
    [
        ("quietPeriodHours", string.Create(CultureInfo.InvariantCulture, $"{settings.QuietPeriodHours:0.############################}")),
        ("theme.accent", settings.Theme.Accent),
        ("theme.mode", settings.Theme.Mode),
        ("theme.placement", settings.Theme.Placement),
        ("allowedOrigins", settings.AllowedOrigins.IsDefaultOrEmpty ? null : string.Join(", ", settings.AllowedOrigins)),
        ("requireVerifiedIdentity", OnOff(settings.RequireVerifiedIdentity)),
        ("retentionDays", settings.RetentionDays?.ToString(CultureInfo.InvariantCulture)),
    ];

    private static (string Field, string? Text)[] Texts(PlanLimits plan) =>
    [
        ("eventsPerMonth", plan.EventsPerMonth.ToString(CultureInfo.InvariantCulture)),
        ("moments", plan.Moments.ToString(CultureInfo.InvariantCulture)),
        ("members", plan.Members.ToString(CultureInfo.InvariantCulture)),
        ("retentionDays", plan.RetentionDays.ToString(CultureInfo.InvariantCulture)),
        ("eventNames", plan.EventNames.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Text(AudienceRule rule)
    {
        var op = rule.Op switch
        {
            AudienceOperator.Is => "is",
            AudienceOperator.IsNot => "is not",
            AudienceOperator.Contains => "contains",
            AudienceOperator.StartsWith => "starts with",
            AudienceOperator.Gt => "is more than",
            AudienceOperator.Lt => "is less than",
            _ => "is known",
        };
        return rule.Value is null ? $"{rule.Field} {op}" : $"{rule.Field} {op} {rule.Value}";
    }

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString(at.Value.Second == 0 ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string? Short(string? text)
    {
        if (text is not { Length: > AuditEntry.MaxText })
        {
            return text;
        }

        // Half of a pair of surrogates is no text to a store.
        var end = AuditEntry.MaxText - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
