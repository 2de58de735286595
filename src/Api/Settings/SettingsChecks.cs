using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Settings;

/// <summary>Bounds of a workspace's settings.</summary>
internal static partial class SettingsChecks
{
    private const int MaxOrigins = 100;

    /// <summary>Retention never deletes what a replay could still name.</summary>
    private const int MinRetentionDays = 8;
    private const int MaxRetentionDays = 3_650;

    public static Reading<WorkspaceSettings> Check(SettingsJson stated, PlanLimits plan)
    {
        var fields = new Fields();
        var defaults = WorkspaceSettings.Default;
        var origins = ImmutableArray.CreateBuilder<string>();
        fields.Must(stated.AllowedOrigins is null or { Count: <= MaxOrigins }, "allowedOrigins", $"at most {MaxOrigins} origins");
        foreach (var (i, text) in (stated.AllowedOrigins ?? []).Take(MaxOrigins).Index())
        {
            if (Origin(text) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                fields.Add(string.Create(CultureInfo.InvariantCulture, $"allowedOrigins[{i}]"), "an origin such as https://app.acme.com");
            }
        }

        var quiet = stated.QuietPeriodHours ?? defaults.QuietPeriodHours;
        fields.Must(quiet is >= 0 and <= MomentValidation.MaxCooldownHours, "quietPeriodHours", $"0–{MomentValidation.MaxCooldownHours:0} hours");
        var theme = new Theme(
            stated.Theme?.Accent ?? defaults.Theme.Accent, stated.Theme?.Mode ?? defaults.Theme.Mode, stated.Theme?.Placement ?? defaults.Theme.Placement);
        fields.Must(Colour().IsMatch(theme.Accent), "theme.accent", "a colour such as #4f46e5");
        fields.Must(theme.Mode is "auto" or "light" or "dark", "theme.mode", "auto, light or dark");
        fields.Must(
            theme.Placement is "bottom-right" or "bottom-left" or "top-right" or "top-left",
            "theme.placement", "bottom-right, bottom-left, top-right or top-left");
        var longest = plan.RetentionDays > 0 ? plan.RetentionDays : MaxRetentionDays;
        fields.Must(
            stated.RetentionDays is null || (stated.RetentionDays >= MinRetentionDays && stated.RetentionDays <= longest),
            "retentionDays", $"{MinRetentionDays}–{longest} days, or nothing");
        return fields.Errors is { } errors
            ? ApiProblem.Validation(errors)
            : new WorkspaceSettings(
                origins.ToImmutable(), stated.RequireVerifiedIdentity ?? defaults.RequireVerifiedIdentity, quiet, theme, stated.RetentionDays);
    }

    /// <summary>As browsers send it: scheme, host and, unless it is the scheme's own, port; lower case.</summary>
    private static string? Origin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant()
            : null;

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Colour();
}
