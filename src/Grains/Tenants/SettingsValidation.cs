using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Conclude.Grains.Tenants;

/// <summary>Bounds of a workspace's settings, for the API and the dashboard alike.</summary>
public static partial class SettingsValidation
{
    public const int MaxOrigins = 100;

    /// <summary>Retention never deletes what a replay could still name.</summary>
    public const int MinRetentionDays = 8;

    private const int MaxRetentionDays = 3_650;

    /// <summary>The longest retention of a plan, days.</summary>
    public static int LongestRetention(PlanLimits plan) => plan.RetentionDays > 0 ? plan.RetentionDays : MaxRetentionDays;

    /// <returns>One message by JSON field name; empty when all is well.</returns>
    public static ImmutableSortedDictionary<string, string> Check(WorkspaceSettings settings, PlanLimits plan)
    {
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        void Must(bool holds, string field, string message)
        {
            if (!holds)
            {
                errors.TryAdd(field, message);
            }
        }

        CheckOrigins(settings.AllowedOrigins, errors);
        Must(settings.QuietPeriodHours is >= 0 and <= MomentValidation.MaxCooldownHours, "quietPeriodHours", $"0–{MomentValidation.MaxCooldownHours:0} hours");
        Must(Colour().IsMatch(settings.Theme.Accent), "theme.accent", "a colour such as #4f46e5");
        Must(settings.Theme.Mode is "auto" or "light" or "dark", "theme.mode", "auto, light or dark");
        Must(
            settings.Theme.Placement is "bottom-right" or "bottom-left" or "top-right" or "top-left",
            "theme.placement", "bottom-right, bottom-left, top-right or top-left");
        var longest = LongestRetention(plan);
        Must(
            settings.RetentionDays is null || (settings.RetentionDays >= MinRetentionDays && settings.RetentionDays <= longest),
            "retentionDays", $"{MinRetentionDays}–{longest} days, or nothing");
        return errors.ToImmutable();
    }

    /// <summary>Adds what is wrong with a list of origins, under the field <c>allowedOrigins</c>.</summary>
    /// <param name="origins">As <see cref="Origin"/> gives them.</param>
    public static void CheckOrigins(ImmutableArray<string> origins, IDictionary<string, string> errors)
    {
        if (origins.Length > MaxOrigins)
        {
            errors["allowedOrigins"] = $"at most {MaxOrigins} origins";
        }

        foreach (var (i, origin) in origins.Take(MaxOrigins).Index().Where(static o => Origin(o.Item) != o.Item))
        {
            errors[string.Create(CultureInfo.InvariantCulture, $"allowedOrigins[{i}]")] = "an origin such as https://app.acme.com";
        }
    }

    /// <summary>Origins as a request states them; what is none becomes one that no check lets pass.</summary>
    public static ImmutableArray<string> Origins(IEnumerable<string?>? stated) => [.. (stated ?? []).Take(MaxOrigins + 1).Select(static text => Origin(text) ?? "")];

    /// <returns>As browsers send it: scheme, host and, unless it is the scheme's own, port; lower case. Null when it is no origin.</returns>
    public static string? Origin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant()
            : null;

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Colour();
}
