using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Settings;

/// <summary>Reads the settings that a request states; what it leaves out gets its default.</summary>
internal static class SettingsChecks
{
    public static Reading<WorkspaceSettings> Check(SettingsJson stated, PlanLimits plan)
    {
        var defaults = WorkspaceSettings.Default;
        var settings = new WorkspaceSettings(
            SettingsValidation.Origins(stated.AllowedOrigins),
            stated.RequireVerifiedIdentity ?? defaults.RequireVerifiedIdentity,
            stated.QuietPeriodHours ?? defaults.QuietPeriodHours,
            new Theme(stated.Theme?.Accent ?? defaults.Theme.Accent, stated.Theme?.Mode ?? defaults.Theme.Mode, stated.Theme?.Placement ?? defaults.Theme.Placement),
            stated.RetentionDays);
        var errors = SettingsValidation.Check(settings, plan);
        return errors.IsEmpty
            ? settings
            : ApiProblem.Validation(errors.ToDictionary(static e => e.Key, static e => new[] { e.Value }, StringComparer.Ordinal));
    }
}
