using System.Globalization;
using Conclude.Api.Errors;

namespace Conclude.Api.Json;

/// <summary>Reads values out of a query string.</summary>
internal static class QueryText
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An ISO 8601 date or time between 2000 and 2100, UTC unless it says otherwise; null when there is none.</summary>
    public static DateTimeOffset? Instant(string? text, string field, Fields fields)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            && at >= Earliest && at <= Latest)
        {
            return at;
        }

        fields.Add(field, "an ISO 8601 time between 2000 and 2100, such as 2026-11-22T10:00:00Z");
        return null;
    }
}
