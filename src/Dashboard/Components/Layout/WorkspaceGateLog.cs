using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Components.Layout;

internal static partial class WorkspaceGateLog
{
    [LoggerMessage(LogLevel.Error, "A dashboard page could not read its workspace.")]
    public static partial void NotStarted(ILogger log, Exception reason);
}
