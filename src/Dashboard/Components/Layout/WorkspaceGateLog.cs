using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Components.Layout;

internal static partial class WorkspaceGateLog
{
    [LoggerMessage(LogLevel.Error, "A dashboard page could not read its workspace.")]
    public static partial void NotStarted(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Warning, "The workspaces of an account could not be read.")]
    public static partial void WorkspacesNotRead(ILogger log, Exception reason);

    [LoggerMessage(LogLevel.Error, "Whether somebody may see a page could not be asked; it is asked again.")]
    public static partial void NotAllowedYet(ILogger log, Exception reason);
}
