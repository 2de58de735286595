using Conclude.Dashboard.Accounts;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Live;

/// <summary>
/// Changes the workspace that this circuit shows, in the name of its account, and has the feed show it. Whether the account may is decided
/// by the grain; what is asked here spares the way there.
/// </summary>
public sealed partial class WorkspaceEdits(
    WorkspaceFeed feed, IGrainFactory grains, AuthenticationStateProvider state, ILogger<WorkspaceEdits> log)
{
    /// <param name="notAllowed">The outcome for viewers; nothing is tried.</param>
    /// <param name="unavailable">The outcome when the server could not be asked: the person keeps what they typed and is told to try again.</param>
    public Task<T> Run<T>(Func<ActingTenant, Task<T>> edit, T notAllowed, T unavailable) => Run(edit, notAllowed, unavailable, feed.CanEdit);

    /// <summary>As <see cref="Run{T}(Func{ActingTenant, Task{T}}, T, T)"/>, for what every member may do to themselves.</summary>
    public Task<T> RunForAnybody<T>(Func<ActingTenant, Task<T>> edit, T notAllowed, T unavailable) => Run(edit, notAllowed, unavailable, mayTry: true);

    private async Task<T> Run<T>(Func<ActingTenant, Task<T>> edit, T notAllowed, T unavailable, bool mayTry)
    {
        if (!mayTry || feed.Ended)
        {
            return notAllowed;
        }

        try
        {
            // A session that was ended a moment ago may still have its page open.
            var principal = (await state.GetAuthenticationStateAsync()).User;
            if (DashboardUser.From(principal) is not { } user || !await SessionCookies.GoesOn(grains, principal))
            {
                return notAllowed;
            }

            var outcome = await edit(grains.Tenant(feed.Workspace.Workspace).As(user.Author));
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
