using Conclude.Grains.Tenants;

namespace Conclude.Api.Settings;

/// <summary>Settings of a workspace; what is left out of a <c>PUT</c> gets its default.</summary>
/// <param name="AllowedOrigins">Origins whose pages may use the widget routes, such as <c>https://app.acme.com</c>; none allows all. At most 100.</param>
/// <param name="RequireVerifiedIdentity">Refuse an external id without a valid hash.</param>
/// <param name="QuietPeriodHours">Gap between any two prompts to one person; 0 is none.</param>
/// <param name="RetentionDays">8–3,650, and not over the plan's; null: the plan's.</param>
internal sealed record SettingsJson(
    IReadOnlyList<string?>? AllowedOrigins = null, bool? RequireVerifiedIdentity = null, decimal? QuietPeriodHours = null,
    ThemeJson? Theme = null, int? RetentionDays = null)
{
    public static SettingsJson Of(WorkspaceSettings settings) => new(
        settings.AllowedOrigins, settings.RequireVerifiedIdentity, settings.QuietPeriodHours, ThemeJson.Of(settings.Theme), settings.RetentionDays);
}
