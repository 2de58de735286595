using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>Changes the workspace that this circuit shows, if its account may, and has the feed show it.</summary>
public sealed partial class WorkspaceEdits(WorkspaceFeed feed, IGrainFactory grains, ILogger<WorkspaceEdits> log)
{
    /// <param name="notAllowed">The outcome for viewers; nothing is tried.</param>
    /// <param name="unavailable">The outcome when the server could not be asked: the person keeps what they typed and is told to try again.</param>
    public async Task<T> Run<T>(Func<ITenantGrain, Task<T>> edit, T notAllowed, T unavailable)
    {
        if (!feed.CanEdit)
        {
            return notAllowed;
        }

        try
        {
            var outcome = await edit(grains.Tenant(feed.Workspace.Workspace));
            await feed.ReadAgain();
            return outcome;
        }
        catch (Exception reason)
        {
            LogNotSaved(log, reason);
            return unavailable;
        }
    }

    [LoggerMessage(LogLevel.Error, "A change could not be saved from the dashboard.")]
    private static partial void LogNotSaved(ILogger log, Exception reason);
}
