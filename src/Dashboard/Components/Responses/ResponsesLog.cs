using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Components.Responses;

internal static partial class ResponsesLog
{
    [LoggerMessage(LogLevel.Warning, "A dashboard page could not read answers or people; it shows what it had.")]
    public static partial void NotRead(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Debug, "A browser does not say where its page of answers stands; new answers are shown at once.")]
    public static partial void NotFollowed(ILogger log, Exception reason);
}
