using System.Collections.Immutable;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Settings;

/// <summary>Origins as a person types them: one a line.</summary>
internal static class OriginLines
{
    /// <returns>The origins as browsers send them, and what is wrong with the last line that is none.</returns>
    public static (ImmutableArray<string> Origins, string? Error) Read(string typed)
    {
        var origins = ImmutableArray.CreateBuilder<string>();
        string? error = null;
        foreach (var line in typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (SettingsValidation.Origin(line) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                error = $"an origin a line, such as https://app.acme.com; {line} is none";
            }
        }

        return (origins.ToImmutable(), error ?? (origins.Count > SettingsValidation.MaxOrigins ? $"at most {SettingsValidation.MaxOrigins}" : null));
    }

    public static string Write(ImmutableArray<string> origins) => string.Join('\n', origins);
}
