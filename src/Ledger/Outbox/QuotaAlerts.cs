using System.Globalization;
using System.Text.Json;

namespace Conclude.Ledger.Outbox;

/// <summary>When the month's events come near their limit, and what webhooks are told then.</summary>
internal static class QuotaAlerts
{
    /// <summary>Per cent of the limit, and the count that reaches it, rounded up.</summary>
    public static (int Percent, long Threshold)[] Of(long limit) => [(80, limit - limit / 5), (100, limit)];

    /// <summary>Ends in the threshold itself, because that count crossed it.</summary>
    public static string Data(int percent, long used, long limit, DateTimeOffset at)
    {
        var month = UsagePeriod.Of(at);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"alert":"usage","percent":{{percent}},"used":{{used}},"limit":{{limit}},"periodStart":{{Json(month.Start)}},"periodEnd":{{Json(month.End)}}}""");
    }

    private static string Json(DateTimeOffset at) => JsonSerializer.Serialize(at.UtcDateTime);
}
