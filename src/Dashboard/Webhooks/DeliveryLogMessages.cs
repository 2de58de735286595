using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Webhooks;

internal static partial class DeliveryLogMessages
{
    [LoggerMessage(LogLevel.Warning, "The log of a webhook could not be read; the page shows what it had.")]
    public static partial void LogDeliveriesNotRead(this ILogger log, Exception reason);
}
