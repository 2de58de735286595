using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Settings;

/// <summary>The settings as a person types them.</summary>
public sealed class SettingsForm
{
    private SettingsForm(WorkspaceSettings seen)
    {
        Seen = seen;
        QuietPeriodHours = seen.QuietPeriodHours.ToString("0.##", CultureInfo.InvariantCulture);
        AllowedOrigins = OriginLines.Write(seen.AllowedOrigins);
        RequireVerifiedIdentity = seen.RequireVerifiedIdentity;
        (Accent, Mode, Placement) = seen.Theme;
        RetentionDays = seen.RetentionDays?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>What was in force when the person began.</summary>
    public WorkspaceSettings Seen { get; }

    public string QuietPeriodHours { get; set; }

    /// <summary>One a line.</summary>
    public string AllowedOrigins { get; set; }

    public bool RequireVerifiedIdentity { get; set; }

    public string Accent { get; set; }

    public string Mode { get; set; }

    public string Placement { get; set; }

    /// <summary>The three above.</summary>
    public Theme Theme => new(Accent.Trim(), Mode, Placement);

    /// <summary>Empty: as long as the plan does.</summary>
    public string RetentionDays { get; set; }

    public static SettingsForm Of(WorkspaceSettings settings) => new(settings);

    public static bool Same(WorkspaceSettings a, WorkspaceSettings b) =>
        a.AllowedOrigins.AsSpan().SequenceEqual(b.AllowedOrigins.AsSpan()) && a with { AllowedOrigins = b.AllowedOrigins } == b;

    /// <returns>The settings, and what could not be read, by JSON field name.</returns>
    public (WorkspaceSettings Settings, ImmutableSortedDictionary<string, string> Errors) Read()
    {
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!decimal.TryParse(QuietPeriodHours.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quiet))
        {
            errors["quietPeriodHours"] = "a number of hours, such as 24";
        }

        int? days = null;
        if (!string.IsNullOrWhiteSpace(RetentionDays))
        {
            if (int.TryParse(RetentionDays.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                days = number;
            }
            else
            {
                errors["retentionDays"] = "a whole number of days, or nothing";
            }
        }

        var (origins, wrong) = OriginLines.Read(AllowedOrigins);
        if (wrong is not null)
        {
            errors["allowedOrigins"] = wrong;
        }

        return (new WorkspaceSettings(origins, RequireVerifiedIdentity, quiet, Theme, days), errors.ToImmutable());
    }
}
