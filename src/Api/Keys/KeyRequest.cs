using System.Globalization;
using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Keys;

/// <summary>What a key that pages use is called and bounded by; what is left out is none.</summary>
/// <param name="Name">For people; at most 100 characters.</param>
/// <param name="RequestsPerSecond">1–100,000 in each process, with bursts of two seconds; null: the operator's limit.</param>
/// <param name="AllowedOrigins">Origins whose pages may use this key; none: those of the settings. At most 100.</param>
internal sealed record KeyRequest(string? Name = null, int? RequestsPerSecond = null, IReadOnlyList<string?>? AllowedOrigins = null)
{
    public static KeyRequest Empty { get; } = new();

    public Reading<KeyEdit> Check()
    {
        var fields = new Fields();
        fields.Line(Name, "name", ApiKey.MaxName);
        fields.Must(
            RequestsPerSecond is null or (>= 1 and <= ApiKey.MaxRequestsPerSecond), "requestsPerSecond",
            string.Create(CultureInfo.InvariantCulture, $"1–{ApiKey.MaxRequestsPerSecond}, or nothing"));
        var origins = SettingsValidation.Origins(AllowedOrigins);
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        SettingsValidation.CheckOrigins(origins, wrong);
        foreach (var (field, message) in wrong)
        {
            fields.Add(field, message);
        }

        return fields.Errors is { } errors
            ? ApiProblem.Validation(errors)
            : new KeyEdit(string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(), RequestsPerSecond, origins);
    }
}
